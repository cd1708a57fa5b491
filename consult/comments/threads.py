"""The conversation on a paragraph: whole threads, in a fixed number of queries."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from consult.accounts.models import Account
from consult.comments.about import Sources, made_on
from consult.comments.addresses import is_public_id
from consult.comments.models import Comment
from consult.comments.quotes import Quote
from consult.comments.status import VISIBLE, CommentStatus
from consult.comments.tree import Node, Row, arrange, flat, make_node, prune
from consult.comments.vote import count_votes
from consult.drafts.models import Paragraph, Version, Wording

SIZE = 20  # threads on a page
REPLIES = 300  # replies on a page, in all its threads

# What its author, or a moderator, sees of what others do not see. A guest's comment whose address
# is not confirmed is shown to nobody: anybody may have typed that address.
GUARDED = frozenset({CommentStatus.PENDING, CommentStatus.HIDDEN})
# What may leave a tombstone.
GONE = GUARDED | {CommentStatus.WITHDRAWN}


class Order(StrEnum):
    """Which threads come first; within a thread the oldest always does."""

    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class OfficialReplies:
    """How the room above, where official replies live, puts them into the conversation.

    `load` gives the published replies to comments of these ids; `answered` is the condition on a
    comment that it has one.
    """

    load: Callable[[Session, Collection[int]], Mapping[int, Sequence[Any]]]
    answered: ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the conversation."""

    account_id: int = 0
    moderator: bool = False

    def sees(self, comment: Comment) -> bool:
        """Say whether the comment is shown."""
        return comment.status in VISIBLE or (
            comment.status in GUARDED and (self.moderator or comment.author_id == self.account_id)
        )


@dataclass(frozen=True, slots=True)
class Conversation:
    """A page of threads."""

    threads: list[Node]
    #: What the address of the next page says: ``after``, and ``replies`` where threads go on there.
    next: dict[str, str] | None

    @property
    def quotes(self) -> list[Quote]:
        """The words that the comments on the page are about."""
        comments = [n.comment for n in flat(self.threads) if isinstance(n.comment, Comment)]
        return [
            Quote(c.quote_exact, c.quote_prefix, c.quote_suffix, c.quote_start or 0)
            for c in comments
            if c.quote_exact
        ]


def conversation(
    session: Session,
    paragraph: Paragraph,
    *,
    viewer: Account | None,
    moderator: bool = False,
    after: int | None = None,
    replies: int | None = None,
    containing: str = "",
    order: Order = Order.OLDEST,
    size: int = SIZE,
    official: OfficialReplies | None = None,
    sources: Sources | None = None,
) -> Conversation:
    """Return the threads on `paragraph` that follow `after`, with their replies that follow `replies`.

    `containing` is the public id of a comment: where the first page does not have it, the page that
    begins with its thread is returned. `sources` are the paragraphs that this one was before, where
    it has not always been itself alone. Viewers see their own comments that wait or are hidden,
    moderators everybody's. Where others answered what is not shown any more, a tombstone stands.
    """
    reader = Reader(viewer.id if viewer else 0, moderator)
    choose = _Choice(paragraph, reader, order, official, sources)
    tops = choose.tops(session, after, size)
    wanted = _find(session, paragraph, containing) if is_public_id(containing) else None
    if wanted is not None and wanted.root not in [row.comment.id for row in tops[:size]]:
        after = wanted.root + (1 if order is Order.NEWEST else -1)
        tops = choose.tops(session, after, size)
    tops, more = tops[:size], len(tops) > size
    found = _replies(session, [row.comment.id for row in tops], replies)
    if wanted is not None and len(found) > REPLIES and wanted.id > found[REPLIES - 1].comment.id:
        replies = wanted.id - 1
        found = _replies(session, [row.comment.id for row in tops], replies)
    cut, found = len(found) > REPLIES, found[:REPLIES]
    return Conversation(
        _threads(session, tops, found, reader, official),
        _next(after, tops if more else [], found if cut else []),
    )


def _next(after: int | None, tops: Sequence[Row], found: Sequence[Row]) -> dict[str, str] | None:
    """Say where the next page begins: `found` ends where its replies were cut, or is empty."""
    if found:
        return {"after": str(after or ""), "replies": str(found[-1].comment.id)}
    return {"after": str(tops[-1].comment.id)} if tops else None


def _threads(
    session: Session,
    tops: Sequence[Row],
    replies: Sequence[Row],
    reader: Reader,
    official: OfficialReplies | None,
) -> list[Node]:
    rows = [*tops, *replies]
    nodes = {row.comment.id: make_node(row, reader.sees(row.comment)) for row in rows}
    count_votes(session, nodes, reader.account_id)
    answerable = [
        row.comment.id for row in rows if reader.sees(row.comment) or row.comment.keeps_replies
    ]
    if official is not None and answerable:
        for comment_id, answers in official.load(session, answerable).items():
            nodes[comment_id].official = answers
    return prune(arrange(tops, replies, nodes))


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses the comments at the top of a page's threads."""

    paragraph: Paragraph
    reader: Reader
    order: Order
    official: OfficialReplies | None
    sources: Sources | None

    def tops(self, session: Session, after: int | None, size: int) -> list[Row]:
        """Return one more than `size`, so that one sees whether others follow."""
        newest = self.order is Order.NEWEST
        query = _rows(Comment.id).where(
            self._about(),
            Comment.parent_id.is_(None),
            or_(*self._shown(), *self._remembered()),
        )
        if after is not None:
            query = query.where(Comment.id < after if newest else Comment.id > after)
        query = query.order_by(Comment.id.desc() if newest else Comment.id).limit(size + 1)
        return [Row(*row) for row in session.execute(query)]

    def _about(self) -> ColumnElement[bool]:
        if self.sources is None or self.sources.keys() == {self.paragraph.id}:
            return Comment.paragraph_id == self.paragraph.id
        return made_on(self.sources)

    def _shown(self) -> list[ColumnElement[bool]]:
        shown: list[ColumnElement[bool]] = [Comment.status.in_(VISIBLE)]
        if self.reader.moderator:
            shown.append(Comment.status.in_(GUARDED))
        elif self.reader.account_id:
            own = Comment.author_id == self.reader.account_id
            shown.append(and_(Comment.status.in_(GUARDED), own))
        return shown

    def _remembered(self) -> list[ColumnElement[bool]]:
        answer = aliased(Comment)
        gone = Comment.status.in_(GONE)
        remembered = [and_(gone, exists().where(answer.parent_id == Comment.id))]
        if self.official is not None:
            withdrawn = and_(Comment.status.not_in(VISIBLE), Comment.keeps_replies)
            remembered.append(and_(withdrawn, self.official.answered))
        return remembered


def _rows(root: Any) -> Select[Comment, int, int, str]:
    """Select comments with the facts of a Row; `root` is the id of the thread's first comment."""
    suggested_for = and_(
        Wording.version_id == Comment.version_id,
        Wording.paragraph_id == Comment.paragraph_id,
        Comment.suggestion != "",
    )
    return (
        select(Comment, root, Version.number, Wording.text)
        .join(Version, Version.id == Comment.version_id)
        .outerjoin(Wording, suggested_for)
    )


def _replies(session: Session, roots: Sequence[int], after: int | None) -> list[Row]:
    """Return everything that answers `roots`, at any depth, oldest first; at most REPLIES + 1."""
    if not roots:
        return []
    answer = aliased(Comment)
    thread = (
        select(Comment.id.label("id"), Comment.parent_id.label("root"))
        .where(Comment.parent_id.in_(roots))
        .cte("thread", recursive=True)
    )
    thread = thread.union_all(
        select(answer.id, thread.c.root).join(thread, answer.parent_id == thread.c.id)
    )
    chosen = select(thread.c.id, thread.c.root).order_by(thread.c.id).limit(REPLIES + 1)
    if after is not None:
        chosen = chosen.where(thread.c.id > after)
    # PostgreSQL believes that a thread may be long and would rather walk through all comments in
    # their order until it has met enough of them; it cannot where they are chosen first.
    page = chosen.cte("page").prefix_with("MATERIALIZED", dialect="postgresql")
    query = _rows(page.c.root).join(page, page.c.id == Comment.id).order_by(Comment.id)
    return [Row(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    root: int


def _find(session: Session, paragraph: Paragraph, public_id: str) -> _Place | None:
    """Return the id of a comment on `paragraph` and that of the first in its thread."""
    above = aliased(Comment)
    line = (
        select(Comment.id.label("id"), Comment.parent_id.label("parent"), Comment.id.label("which"))
        .where(Comment.public_id == public_id, Comment.paragraph_id == paragraph.id)
        .cte("line", recursive=True)
    )
    line = line.union_all(
        select(above.id, above.parent_id, line.c.which).join(line, above.id == line.c.parent)
    )
    row = session.execute(select(line.c.which, line.c.id).where(line.c.parent.is_(None))).first()
    return _Place(*row) if row else None
