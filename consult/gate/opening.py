"""Opening the gate of a document: everything that its pages show is read here."""

from dataclasses import dataclass
from functools import cached_property

from pyramid.httpexceptions import HTTPForbidden

from consult.accounts.security import me
from consult.db import session_scope
from consult.drafts.find import document as find_document
from consult.drafts.models import Document, Version, VersionState
from consult.drafts.paragraph_names import names
from consult.fates.fate_store import take_proposal
from consult.fates.impact import stakes_of
from consult.fates.proposing import is_proposed, texts_of, work_out
from consult.fates.sides import Line, Sides, sides_of
from consult.gate.entries import Entry, entries_of
from consult.gate.passing import Summary, summary
from consult.intake.store import working_version
from consult.permissions import Permission
from consult.web import Request


@dataclass(frozen=True)
class Gate:
    """What stands at the gate of a document."""

    request: Request
    document: Document
    sides: Sides

    @cached_property
    def entries(self) -> list[Entry]:
        """What becomes of every paragraph, in the order of the new text."""
        db = self.request.db
        return entries_of(db, self.sides, stakes_of(self.request.registry, db, self.sides.last))

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """The entries of old paragraphs, by their keys."""
        return {entry.key: entry for entry in self.entries if entry.old is not None}

    @cached_property
    def summary(self) -> Summary:
        """The figures."""
        return summary(self.entries)

    @cached_property
    def old_names(self) -> dict[int, str]:
        """What old paragraphs are called, by their ids."""
        return names(self.sides.old, self.request.localizer)

    @cached_property
    def new_names(self) -> dict[int, str]:
        """What new paragraphs are called, by their ids."""
        return names(self.sides.new, self.request.localizer)

    @cached_property
    def new_by_key(self) -> dict[str, Line]:
        """New paragraphs by their keys."""
        return {line.key: line for line in self.sides.new}

    def key_of_change(self, entry: Entry) -> str:
        """Return the key by which other pages call what becomes of an entry; "" where none does yet.

        Until it is published, what is new may stand under the key of an old paragraph.
        """
        line = entry.old or entry.news[0]
        return "" if entry.old is None and line.paragraph_id in self.sides.old_at else line.key

    def decided_last(self) -> list[Entry]:
        """Return what the reader decided last, at one stroke."""
        account = me(self.request)
        mine = [e for e in self.entries if account is not None and e.by_id == account.id]
        last = max((e.at for e in mine if e.at is not None), default=None)
        return [entry for entry in mine if entry.at == last]


def open_gate(document: Document, request: Request) -> Gate | None:
    """Return the gate of a document, or None where no version waits behind a published one.

    Where the text has changed since its fates were proposed, they are worked out first. That takes
    seconds for a long text, in which others want to write, so it is done between two transactions.
    """
    sides = _sides(document, request)
    while sides is not None and not is_proposed(request.db, sides):
        _propose_apart(sides, request)
        document = _allowed(request)
        sides = _sides(document, request)
    return None if sides is None else Gate(request, document, sides)


def proposed_anew(document: Document, request: Request) -> bool:
    """Work out the fates of a working version if its text has changed since; say whether it had.

    Then the request has another transaction, in which everything has to be found again.
    """
    sides = _sides(document, request)
    if sides is None or is_proposed(request.db, sides):
        return False
    _propose_apart(sides, request)
    return True


def _sides(document: Document, request: Request) -> Sides | None:
    version = working_version(request.db, document)
    return None if version is None else sides_of(request.db, version)


def _propose_apart(sides: Sides, request: Request) -> None:
    texts = texts_of(request.db, sides)
    digest, number = sides.digest, sides.version.id
    request.tm.abort()
    try:
        proposed = work_out(*texts)
        with session_scope(request.registry["sessions"]) as session:
            version = session.get(Version, number, with_for_update={"of": Version})
            if version is not None and version.state is VersionState.WORKING:
                now = sides_of(session, version)
                if now is not None and now.digest == digest:
                    take_proposal(session, now, proposed)
    finally:
        request.tm.begin()


def _allowed(request: Request) -> Document:
    """Find the document again and ask again: either may have changed in the meantime."""
    document = find_document(request)
    if not request.has_permission(Permission.PUBLISH, document):
        raise HTTPForbidden
    return document
