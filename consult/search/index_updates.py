"""The index follows the database: promised updates, rebuilding, and healing by itself."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Any

from pyramid.registry import Registry
from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from consult import clock
from consult.blocks.blocks import Kind
from consult.comments.models import Comment
from consult.drafts.models import Document, Paragraph, Version, Wording
from consult.outbox import Job, Payload
from consult.replies.models import OfficialReply, ReplyComment
from consult.search.engine import Engine, IndexLocked, Reason, SearchUnavailable
from consult.search.entries import Entry, EntryKind
from consult.search.indexing import COMMENT_SHOWN, REPLY_SHOWN, current, entry_id, everything
from consult.search.listening import JOB

log = logging.getLogger(__name__)

_PAUSE = 60.0  # seconds before a rebuild that failed is tried again
_MOST_WAITING = 1000  # jobs that a search looks at

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DOCUMENTS = select(Document.id).where(Document.consultation_id.in_(_IDS))
# Whether a reply is shown depends on the comments that it answers.
_REPLIES = select(ReplyComment.reply_id).where(ReplyComment.comment_id.in_(_IDS))

# The rows that a name of listening stands for; None is the thing itself.
_AFFECTED: dict[str, dict[EntryKind, Select[Any] | None]] = {
    "comment": {EntryKind.COMMENT: None, EntryKind.REPLY: _REPLIES},
    "reply": {
        EntryKind.REPLY: None,
        EntryKind.COMMENT: select(ReplyComment.comment_id).where(ReplyComment.reply_id.in_(_IDS)),
    },
    "document": {
        EntryKind.PARAGRAPH: select(Paragraph.id).where(Paragraph.document_id.in_(_IDS)),
    },
    "consultation": {
        EntryKind.PARAGRAPH: select(Paragraph.id).where(Paragraph.document_id.in_(_DOCUMENTS)),
        EntryKind.COMMENT: select(Comment.id).where(Comment.document_id.in_(_DOCUMENTS)),
        EntryKind.REPLY: select(OfficialReply.id).where(OfficialReply.consultation_id.in_(_IDS)),
    },
    "about": {
        EntryKind.PARAGRAPH: select(Wording.paragraph_id)
        .join(Version, Version.id == Wording.version_id)
        .where(Wording.kind == Kind.TITLE, Version.document_id.in_(_DOCUMENTS)),
    },
}


def follow(registry: Registry, payloads: list[Payload]) -> None:
    """Bring the index up to date with what the jobs name; the outbox's handler.

    Everything is read while the index is ours to write: of two workers that do the same comment,
    the later one writes what it has read later. Raises IndexLocked while somebody else writes.
    """
    moment = clock.now().isoformat()
    with registry["sessions"]() as session:
        now = _Now(session, _by_word(name for job in payloads for name in job["changed"]))
        try:
            engine_of(registry).update(now.entries(), now.gone(), moment)
            return
        except SearchUnavailable as error:
            _say(error.reason, error.detail)
    rebuild(registry)


def _say(reason: Reason | None, detail: str) -> None:
    # A new site has no index yet; nobody need be alarmed.
    level = logging.INFO if reason is Reason.MISSING else logging.WARNING
    log.log(level, "the search index is %s (%s); it is built anew", reason, detail)


class _Now:
    """What the database says of some things at the moment that it is asked."""

    def __init__(self, session: Session, named: dict[str, set[int]]) -> None:
        self._session = session
        self._named = named
        self._asked: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """Yield those that are to be found."""
        chosen: dict[EntryKind, set[int]] = defaultdict(set)
        for word, ids in self._named.items():
            for kind, query in _AFFECTED[word].items():
                if query is None:
                    chosen[kind] |= ids
                else:
                    chosen[kind].update(self._session.scalars(query, {"ids": list(ids)}))
        self._asked = {entry_id(kind, number) for kind, ids in chosen.items() for number in ids}
        for entry in current(self._session, chosen):
            self._asked.discard(entry.id)
            yield entry

    def gone(self) -> Iterator[str]:
        """Yield the others, once all entries have been taken."""
        yield from self._asked


def _silent(_number: int) -> None:
    pass


def rebuild(registry: Registry, each: Callable[[int], None] = _silent) -> int:
    """Build the index anew and return how many entries it has; `each` is told while they come.

    Raises IndexLocked while somebody else writes.
    """
    moment = clock.now().isoformat()
    with registry["sessions"]() as session:

        def told() -> Iterator[Entry]:
            for number, entry in enumerate(everything(session), start=1):
                each(number)
                yield entry

        return engine_of(registry).rebuild(told(), moment)


def engine_of(registry: Registry) -> Engine:
    """Return the engine of this process."""
    engine: Engine = registry["search engine"]
    return engine


class Healer:
    """Rebuilds an index that cannot be searched, or was never built; the worker's tick."""

    def __init__(self) -> None:
        self._not_before = 0.0

    def __call__(self, registry: Registry) -> None:
        health = engine_of(registry).status()
        if health.usable or monotonic() < self._not_before:
            return
        _say(health.reason, health.detail)
        try:
            log.info("the search index has %d entries", rebuild(registry))
        except IndexLocked:
            log.info("somebody else is building the search index")
        except Exception:
            # A full disk, say: letters have to go out all the same.
            log.exception("the search index could not be built")
            self._not_before = monotonic() + _PAUSE


def not_shown_any_more(session: Session) -> frozenset[str]:
    """Return the entries that the index may still have though nobody may see them any more.

    What is hidden vanishes from results, counts and facets at once, and not when the worker comes
    to it. Usually no job waits and this is one cheap query.
    """
    waiting = select(Job.payload).where(Job.kind == JOB).order_by(Job.id.desc())
    payloads = session.scalars(waiting.limit(_MOST_WAITING))
    named = _by_word(name for payload in payloads for name in payload["changed"])
    comments, replies = named["comment"], named["reply"]
    gone: set[str] = set()
    if comments:
        shown = select(Comment.id).where(COMMENT_SHOWN, Comment.id.in_(comments))
        hidden = comments.difference(session.scalars(shown))
        gone |= {entry_id(EntryKind.COMMENT, number) for number in hidden}
        replies |= set(session.scalars(_REPLIES, {"ids": list(hidden)})) if hidden else set()
    if replies:
        shown = select(OfficialReply.id).where(REPLY_SHOWN, OfficialReply.id.in_(replies))
        hidden = replies.difference(session.scalars(shown))
        gone |= {entry_id(EntryKind.REPLY, number) for number in hidden}
    return frozenset(gone)


def _by_word(names: Iterable[str]) -> dict[str, set[int]]:
    """Sort names such as "comment:12" by their word."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        word, _, number = name.partition(":")
        found[word].add(int(number))
    return found
