"""What hangs on paragraphs: rooms above register what they know of it.

Drafts know nothing of comments. A room that does registers a function with
``config.add_stakes(function)``; it is asked about a whole document in one query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from consult.drafts.models import Document, Version
from consult.fates.fates import destinations


@dataclass(frozen=True, slots=True)
class Stakes:
    """How much hangs on a paragraph: comments, how many of them suggest a wording, open questions."""

    comments: int = 0
    suggestions: int = 0
    unanswered: int = 0

    def __add__(self, other: "Stakes") -> "Stakes":
        return Stakes(
            self.comments + other.comments,
            self.suggestions + other.suggestions,
            self.unanswered + other.unanswered,
        )

    def __bool__(self) -> bool:
        return bool(self.comments or self.suggestions or self.unanswered)


NONE = Stakes()

#: Takes a document and returns what hangs on its paragraphs, by their ids; those with nothing may
#: be left out.
Provider = Callable[[Session, Document], Mapping[int, Stakes]]


def add_stakes(config: Configurator, provider: Provider) -> None:
    """Register a function that knows what hangs on paragraphs."""
    config.registry.setdefault("stakes", []).append(provider)


def stakes_of(registry: Registry, session: Session, last: Version) -> dict[int, Stakes]:
    """Return what hangs on each paragraph of the version that was published last, by its id.

    What was said of a paragraph that has since become part of another hangs on that. What hangs on
    removed paragraphs stays there, and is not among these.
    """
    went = destinations(session, last) if last.number > 1 else {}
    found: dict[int, Stakes] = {}
    for provider in registry.get("stakes", ()):
        for paragraph, stakes in provider(session, last.document).items():
            here = went.get(paragraph, paragraph)
            if here is not None:
                found[here] = found.get(here, NONE) + stakes
    return found
