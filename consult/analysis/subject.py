"""What the because page of a paragraph is about: a change, and what people had said of it before."""

from dataclasses import dataclass

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.analysis.dangling_links import unchanged, words_gone
from consult.comments.about import Sources
from consult.drafts.find import paragraph as find_paragraph
from consult.drafts.models import Paragraph, Version, VersionState, Wording
from consult.fates.absorbed import absorbed
from consult.fates.comparing import Change, change_in
from consult.fates.tracing import Trail, trail_to
from consult.fates.wording_rows import Words
from consult.gate.opening import proposed_anew
from consult.permissions import Permission
from consult.web import Request, whole_number


@dataclass(frozen=True, slots=True)
class Matter:
    """A change, None where the paragraph went out of the working version, the only one that had it.

    paragraph: the one that names it, what the last version calls it where that has it. family: the
    ids of all that are part of it, for what is tied to any of them is tied to it. was: what a
    paragraph said before it went out, if that is known.
    """

    paragraph: Paragraph
    version: Version
    change: Change | None
    family: frozenset[int]
    sources: Sources
    was: Words | None = None

    @property
    def working(self) -> bool:
        return self.version.state is VersionState.WORKING

    @property
    def as_it_was(self) -> bool:
        """True where nothing changed that a reader could see."""
        change = self.change
        if change is None or len(change.olds) != 1 or len(change.news) != 1:
            return False
        return unchanged(change.olds[0], change.news[0])

    @property
    def words(self) -> Words | None:
        """What the change is called by."""
        return self.was if self.change is None else (*self.change.news, *self.change.olds)[0]


def find_matter(paragraph: Paragraph, request: Request) -> Matter:
    """Return what is asked about.

    Raises HTTPNotFound where the version that the address names does nothing to the paragraph.
    """
    paragraph, version = _up_to_date(paragraph, request)
    session, trail = request.db, trail_to(request.db, version)
    went = absorbed(session, version) if version.state is VersionState.WORKING else {}
    if paragraph.id in went:
        paragraph = session.get_one(Paragraph, went[paragraph.id])
    change = change_in(session, version, trail, paragraph.id)
    if change is None:
        return _gone(session, paragraph, version)
    if change.olds and all(words.paragraph_id != paragraph.id for words in change.olds):
        paragraph = session.get_one(Paragraph, change.olds[0].paragraph_id)
    family = _family(trail, change, version.number)
    family |= {out for out, into in went.items() if into in family}
    return Matter(
        paragraph, version, change, frozenset(family), _sources(trail, change, version.number)
    )


def _family(trail: Trail, change: Change, number: int) -> set[int]:
    olds, news = ({words.paragraph_id for words in side} for side in (change.olds, change.news))
    # In a working version a paragraph may stand for a wording that will not be that paragraph.
    return olds | {new for new in news if new in trail.forth([new], number - 1, number)}


def _gone(session: Session, paragraph: Paragraph, version: Version) -> Matter:
    published = (
        select(Wording.id)
        .join(Wording.version)
        .where(Wording.paragraph_id == paragraph.id, Version.state == VersionState.PUBLISHED)
    )
    if version.state is VersionState.PUBLISHED or session.scalar(published.limit(1)) is not None:
        raise HTTPNotFound
    was = words_gone(session, version, paragraph.id)
    return Matter(paragraph, version, None, frozenset({paragraph.id}), {}, was)


def _up_to_date(paragraph: Paragraph, request: Request) -> tuple[Paragraph, Version]:
    """Have the fates of a working version say what became of its present text."""
    version = _version(request, paragraph)
    while version.state is VersionState.WORKING and proposed_anew(paragraph.document, request):
        # That was another transaction, so everything is found and asked again.
        paragraph = find_paragraph(request)
        if not request.has_permission(Permission.REPLY, paragraph):
            raise HTTPForbidden
        version = _version(request, paragraph)
    return paragraph, version


def _version(request: Request, paragraph: Paragraph) -> Version:
    number = whole_number(request.GET.get("version"))
    if number is None or number < 2:
        raise HTTPNotFound
    version = request.db.scalar(
        select(Version).where(
            Version.document_id == paragraph.document_id, Version.number == number
        )
    )
    if version is None or (
        version.state is VersionState.WORKING
        and not request.has_permission(Permission.SEE_WORKING, paragraph)
    ):
        raise HTTPNotFound
    return version


def _sources(trail: Trail, change: Change, number: int) -> Sources:
    found: dict[int, int] = {}
    for words in change.olds:
        found |= trail.sources(words.paragraph_id, number - 1)
    return found
