"""What the search index knows about one findable thing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """The three things that people search together."""

    PARAGRAPH = "paragraph"
    COMMENT = "comment"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph, comment or official reply, as it is handed to the index.

    Only what everybody allowed into the consultation may read belongs here: the index knows no
    permissions apart from the consultation's slug. `title` counts three times as much as `text`,
    `label` and `author` twice; leave `title` empty where it would only repeat the name of the
    document, or every comment answers to that name.
    """

    id: str  # "comment:abc", unique over all kinds
    kind: EntryKind
    consultation: str  # slug
    document: str  # slug
    title: str
    label: str  # the number that the author gave the paragraph: "3.12"
    text: str
    author: str
    created_at: datetime  # aware; a naive one is refused when the entry is indexed
    contribution: str  # the kind of a comment: "question", "objection" ...; "" for the others
    status: str  # a facet: "answered", "unanswered" ...; "" where it means nothing
