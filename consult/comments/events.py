"""What happens to comments, told to whoever subscribes, within the transaction."""

from dataclasses import dataclass

from consult.comments.models import Comment


@dataclass(frozen=True, slots=True)
class CommentPosted:
    """A comment has come in: it may be visible already or wait for a moderator."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class GuestCommentWaits:
    """A guest's comment waits for its author to open the link that holds `secret`."""

    comment: Comment
    secret: str


@dataclass(frozen=True, slots=True)
class CommentEdited:
    """An author changed a comment; its status says whether readers see the new text."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class CommentWithdrawn:
    """An author took a comment back."""

    comment: Comment
