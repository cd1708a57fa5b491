"""What moderators do, told to whoever subscribes, within the transaction."""

from dataclasses import dataclass

from consult.moderation.models import Decision


@dataclass(frozen=True, slots=True)
class CommentDecided:
    """A moderator published or hid a comment, or let a reported one stand."""

    decision: Decision
