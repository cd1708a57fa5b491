"""What a conversation is made of when it is shown: comments with their votes and replies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from consult.alignment.redline import Change, redline
from consult.comments.models import Comment
from consult.comments.status import CommentStatus

#: How far replies are set in. What answers a reply this deep stands beside it, saying whom it
#: answers: a page that nests without end can be neither read nor rendered.
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Stands where a comment stood that others answered: nothing of it but its address."""

    id: int
    public_id: str
    status: CommentStatus


@dataclass(slots=True)
class Node:
    """A comment (or what is left of it) with everything under it."""

    comment: Comment | Tombstone
    version: int  # the number of the version that it was made on
    redline: Sequence[tuple[Change, str]] | None = None  # None: it suggests no wording
    agree: int = 0
    disagree: int = 0
    mine: str = ""  # how whoever looks at it has voted
    answers: str = ""  # whom it answers, where that is not the comment that it stands under
    official: Sequence[Any] = ()  # published official replies
    since: Any = None  # what became of the words that it is about, where it says an earlier version
    outcomes: Sequence[Any] = ()  # the changes that it led to
    replies: list["Node"] = field(default_factory=list)

    @property
    def tombstone(self) -> bool:
        """True where the comment itself is not shown."""
        return isinstance(self.comment, Tombstone)


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as the database gives it, with what its node needs."""

    comment: Comment
    root_id: int
    version: int
    wording: str | None  # what the paragraph said, where the comment suggests another wording


@lru_cache(maxsize=512)
def changes(old: str, new: str) -> tuple[tuple[Change, str], ...]:
    """Return the redline of two texts; comparing them costs more than anything else on the page."""
    return tuple(redline(old, " ".join(new.split())))


def make_node(row: Row, shown: bool) -> Node:
    """Return the node of a comment without votes and replies."""
    comment = row.comment
    if not shown:
        stone = Tombstone(comment.id, comment.public_id, comment.status)
        return Node(comment=stone, version=row.version)
    compared = changes(row.wording, comment.suggestion) if row.wording is not None else None
    return Node(comment=comment, version=row.version, redline=compared)


def arrange(tops: Sequence[Row], replies: Iterable[Row], nodes: Mapping[int, Node]) -> list[Node]:
    """Hang replies (oldest first) under what they answer and return the nodes at the top.

    A reply whose parent is not among `nodes` hangs under the root of its thread.
    """
    # For each comment the node under which its replies go, and how deep those are.
    under = {row.comment.id: (nodes[row.comment.id], 1) for row in tops}
    for row in replies:
        node, parent_id = nodes[row.comment.id], row.comment.parent_id
        place, depth = under.get(parent_id or 0) or under[row.root_id]
        place.replies.append(node)
        parent = nodes.get(parent_id or 0)
        if parent is not None and parent is not place and isinstance(parent.comment, Comment):
            node.answers = parent.comment.author_name
        under[row.comment.id] = (node, depth + 1) if depth < DEEPEST else (place, depth)
    return [nodes[row.comment.id] for row in tops]


def prune(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes without tombstones that have nothing under them."""
    kept = []
    for node in nodes:
        node.replies = prune(node.replies)
        if not node.tombstone or node.replies or node.official:
            kept.append(node)
    return kept


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes and everything under them, in reading order."""
    for node in nodes:
        yield node
        yield from flat(node.replies)
