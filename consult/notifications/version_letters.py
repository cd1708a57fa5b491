"""The letter about a new version: what it makes of the paragraphs that somebody commented on."""

from collections.abc import Iterator, Sequence

from pyramid.i18n import TranslationString

from consult.accounts.models import AccountState
from consult.alignment.fates import FateKind
from consult.analysis.asked_people import asked_people
from consult.analysis.keys import verdict_key
from consult.analysis.verdicts import comments_asked, sources_asked
from consult.drafts.models import Version, VersionState
from consult.fates.comparing import Change, change_in
from consult.fates.tracing import Trail, trail_to
from consult.fates.wording_rows import Words, called
from consult.i18n import _
from consult.notifications.comment_letters import own_words
from consult.notifications.context import Desk, Draft, Form, Part, quote_text
from consult.notifications.redlines import redline_part

MOST = 5  # paragraphs of which the letter says everything
MOST_LINKS = 20  # of which it says where to look

SENTENCES: dict[FateKind, TranslationString] = {
    FateKind.EDITED: _("${paragraph} was changed:"),
    FateKind.MOVED: _("${paragraph} was moved and changed:"),
    FateKind.SPLIT: _("${paragraph} was split:"),
    FateKind.MERGED: _("${paragraph} was put together from several paragraphs:"),
    FateKind.REMOVED: _("${paragraph} was removed:"),
}


def version_published(desk: Desk) -> Draft | None:
    """Tell somebody what a version did to what they commented on, and ask whether it meets their point.

    One letter, however many paragraphs there are.
    """
    version = desk.session.get(Version, desk.payload["version_id"])
    if version is None or version.state is not VersionState.PUBLISHED:
        return None
    homes = asked_people(desk.session, version, desk.account).get(desk.account.id, set())
    trail = trail_to(desk.session, version)
    changes = _changes(desk, version, trail, homes)
    if not changes:
        return None
    facts = {"title": version.document.title, "n": version.number}
    parts: list[Part | None] = [
        desk.paragraph(
            _("There is a new version of “${title}”. It changes what you commented on."), **facts
        )
    ]
    if version.what_changed:
        department = version.document.consultation.department.name
        parts.append(desk.paragraph(_("${department} says of it:"), department=department))
        parts.append(quote_text(version.what_changed))
    for words, change in changes[:MOST]:
        parts += _told(desk, version, trail, words, change)
    parts += _others(desk, version, changes[MOST : MOST + MOST_LINKS])
    return Draft(
        desk.say(_("Version ${n} of “${title}”: does it meet your point?"), **facts), tuple(parts)
    )


def _changes(
    desk: Desk, version: Version, trail: Trail, homes: set[int]
) -> list[tuple[Words, Change]]:
    """Return what became of each paragraph with the wording that names it, in the text's order."""
    found = []
    for home in homes:
        change = change_in(desk.session, version, trail, home)
        if change is None or not change.concerns:
            continue
        sides = (*change.news, *change.olds)
        found.append((next((w for w in sides if w.paragraph_id == home), sides[0]), change))
    return sorted(found, key=lambda pair: pair[0].position)


def _told(
    desk: Desk, version: Version, trail: Trail, words: Words, change: Change
) -> Iterator[Part | None]:
    name = called(words, desk.request.localizer)
    yield desk.paragraph(SENTENCES[change.kind], paragraph=name)
    yield redline_part(change)
    sources = sources_asked(trail, words.paragraph_id, version.number)
    comments = comments_asked(desk.session, desk.account, sources)
    said = own_words(comments[0]) if comments else None
    if said is not None:
        yield desk.paragraph(_("You had written:"))
        yield said
    yield _question(desk, version, words)


def _question(desk: Desk, version: Version, words: Words) -> Part:
    document = version.document
    query = {"version": str(version.number)}
    if desk.account.state is not AccountState.ACTIVE:
        # Guests cannot sign in; this letter is what shows that they are who they are.
        query["key"] = verdict_key(desk.settings, desk.account, version)
    return desk.link(
        _("Does this meet your point?"),
        "verdict",
        slug=document.consultation.slug,
        document=document.slug,
        key=words.key,
        _query=query,
    )


def _others(
    desk: Desk, version: Version, changes: Sequence[tuple[Words, Change]]
) -> Iterator[Part]:
    if not changes:
        return
    yield desk.paragraph(_("It also changes other paragraphs that you commented on:"))
    for words, _change in changes:
        name = called(words, desk.request.localizer)
        yield Part(Form.LINK, name, _question(desk, version, words).address)
