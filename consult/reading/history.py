"""The history of a paragraph through all versions that have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from consult.alignment.fates import FateKind
from consult.analysis.models import Answer
from consult.analysis.outcomes import Cause
from consult.drafts.models import Version
from consult.fates.comparing import Change, Line
from consult.fates.wording_rows import Words, called
from consult.i18n import _, translate
from consult.reading.change_notes import Teller
from consult.reading.position import Standing
from consult.reading.redline import address
from consult.redline.wording_html import Strokes
from consult.text.markup import stored, written
from consult.web import Request

Answers = Mapping[Answer, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a version did to a paragraph.

    what, was: a few words on what happened, and on its former number; text: the wording,
    with its redline where there is one, "" where it is the one before; asked: whether those who had
    commented are asked what they think of it; href:
    the address of the change in the whole text, "" of the first version; causes: comments.
    """

    version: Version
    name: str
    kind: FateKind
    what: Markup
    was: Markup
    text: Markup
    asked: bool
    href: str
    causes: tuple[Cause, ...]
    answers: Answers


def history(
    request: Request,
    standing: Standing,
    causes: Iterable[Cause],
    answers: Mapping[int, Answers],
) -> list[Entry]:
    """Return an entry for each version that has a paragraph, and for one that removed it.

    The latest comes first. `causes` are those of the changes to anything that it ever was, `answers`
    to the question whether a change met a point are given by version number.
    """
    here = standing.wording.paragraph_id
    known = [cause for cause in causes if _is_here(cause, standing)]
    first = min(number for number, paragraph in standing.words if paragraph == here)
    entries = []
    for number in range(first, standing.number + 1 + standing.gone):
        line = _line(standing, number)
        entries.append(
            Entry(
                standing.versions[number],
                called(line.words, request.localizer),
                line.change.kind,
                *_said(request, standing, line, number),
                line.change.concerns,
                _href(request, standing, line, number),
                tuple(cause for cause in known if cause.number == number),
                answers.get(number, {}),
            )
        )
    return entries[::-1]


def _is_here(cause: Cause, standing: Standing) -> bool:
    # What was split off has its parent's past, and not what became of its parent later.
    own = cause.paragraph_id == standing.wording.paragraph_id
    return own or cause.number <= standing.sources.get(cause.paragraph_id, 0) + 1


def _line(standing: Standing, number: int) -> Line:
    here = standing.wording.paragraph_id
    own = standing.words.get((number, here))
    change = standing.change(number - 1, number) if number > 1 else None
    if change is None:
        assert own is not None  # the first version is the first that has it
        return Line(Change(FateKind.NEW, (), (own,), edited=True), own)
    gone = own is None
    side = change.olds if gone else change.news
    return Line(change, next(w for w in side if w.paragraph_id == here), gone)


def _said(
    request: Request, standing: Standing, line: Line, number: int
) -> tuple[Markup, Markup, Markup]:
    """Return what happened, the former number, and the text to show."""
    localizer, change = request.localizer, line.change
    before, after = (
        {w.paragraph_id: called(w, localizer) for w in side} for side in (change.olds, change.news)
    )

    def page(words: Words) -> str:
        return str(request.route_path("paragraph", **_names(standing), key=words.key))

    teller = Teller(localizer, before, after, href=page, left="")
    what = teller.tell(line) or written(translate(request, _("Not changed")))
    if number == 1:
        what = written(translate(request, _("First version")))
    text, strokes = Markup(""), Strokes(localizer)
    if not change.olds:
        text = strokes.around(line.words, stored(line.words.html))
    elif change.edited and not line.gone:
        text = strokes.line(line)
    return what, teller.renumbered(line), text


def _href(request: Request, standing: Standing, line: Line, number: int) -> str:
    if number == 1:
        return ""
    document = standing.wording.paragraph.document
    return address(request, document, number - 1, number, line.words.key)


def _names(standing: Standing) -> dict[str, str]:
    document = standing.wording.paragraph.document
    return {"slug": document.consultation.slug, "document": document.slug}
