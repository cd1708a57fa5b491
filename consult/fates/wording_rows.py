"""Wordings as they are read to be compared, by themselves or a whole version of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.i18n import Localizer
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Paragraph, Version, Wording
from consult.drafts.paragraph_names import label_above, names


@dataclass(frozen=True, slots=True)
class Words:
    """A wording as it is read for comparing: without the session's upkeep of thousands of them."""

    number: int  # of the version
    paragraph_id: int
    key: str
    position: int
    kind: Kind
    level: int
    label: str
    html: str
    text: str
    above: str = ""  # the number of the paragraph above a list item, where it was asked for


def whole_text(session: Session, version: Version) -> list[Words]:
    """Return all wordings of a version in order. One query."""
    query = _words().where(Wording.version_id == version.id).order_by(Wording.position)
    return [Words(*row) for row in session.execute(query)]


def words_in(session: Session, version: Version, paragraphs: Iterable[int]) -> dict[int, Words]:
    """Return what these paragraphs say in a version, by their ids, in order. One query."""
    query = _words().where(
        Wording.version_id == version.id, Wording.paragraph_id.in_(list(paragraphs))
    )
    found = (Words(*row) for row in session.execute(query.order_by(Wording.position)))
    return {words.paragraph_id: words for words in found}


def words_of(session: Session, document_id: int, paragraphs: Iterable[int]) -> list[Words]:
    """Return what these paragraphs say in each version that has them, the earliest first. One query.

    The working version is among them; callers say up to which number they want to know.
    """
    query = _words(label_above()).where(
        Version.document_id == document_id, Wording.paragraph_id.in_(list(paragraphs))
    )
    rows = session.execute(query.order_by(Version.number, Wording.position))
    return [Words(*row) for row in rows]


def _words(*more: Any) -> Select[Any]:
    return (
        select(
            Version.number,
            Wording.paragraph_id,
            Paragraph.key,
            Wording.position,
            Wording.kind,
            Wording.level,
            Wording.label,
            Wording.html,
            Wording.text,
            *more,
        )
        .join(Version, Version.id == Wording.version_id)
        .join(Paragraph, Paragraph.id == Wording.paragraph_id)
    )


def called(words: Words, localizer: Localizer) -> str:
    """Return what a single paragraph is called; it was read with the number above it."""
    name = names([words], localizer)[words.paragraph_id]
    above = words.above.rstrip(".")
    return f"{above} {name}" if above and words.label else name
