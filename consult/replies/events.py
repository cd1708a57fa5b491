"""What happens to official replies, told to whoever subscribes, within the transaction."""

from dataclasses import dataclass

from consult.replies.models import OfficialReply


@dataclass(frozen=True, slots=True)
class ReplyPublished:
    """A reply can be read by everybody who may read the comments that it answers."""

    reply: OfficialReply
