"""The public names of paragraphs: short, safe to read out, and never a word."""

import secrets
from collections.abc import Collection

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.drafts.models import Document, Paragraph

# No vowels, so that no words come up, and nothing that is mistaken for something else when it is
# read from paper: no l, 1, o, 0, s, 5, z, 2, u, v.
ALPHABET = "bcdfghjkmnpqrtwx346789"
LENGTH = 5


def new_key(taken: Collection[str]) -> str:
    """Return a random key that is not among `taken`, the keys of a document.

    There are five million; in a document of thousands a clash is rare, and then another is drawn.
    """
    while True:
        key = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if key not in taken:
            return key


def new_paragraphs(session: Session, document: Document, number: int) -> list[tuple[int, str]]:
    """Make so many paragraphs, each with a key of its own, and return their ids and keys."""
    taken = set(session.scalars(select(Paragraph.key).where(Paragraph.document_id == document.id)))
    rows = []
    for _place in range(number):
        key = new_key(taken)
        taken.add(key)
        rows.append({"document_id": document.id, "key": key})
    if not rows:
        return []
    made = session.execute(insert(Paragraph).returning(Paragraph.id, Paragraph.key), rows)
    return [(number, key) for number, key in made]
