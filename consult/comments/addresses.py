"""Where a comment is found: its short public id and its place on the paragraph's page."""

import re
import secrets

from consult.comments.models import Comment
from consult.web import Request

# Crockford's base 32 in small letters: no i, l, o, u, which are misread or make words.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 9  # 45 bits: with a million comments one new id in 35 million is taken

_PUBLIC_ID = re.compile(r"[0-9a-z]{1,20}")


def is_public_id(value: str) -> bool:
    """Say whether `value` may be a public id, before it is looked for."""
    return _PUBLIC_ID.fullmatch(value) is not None


def new_public_id() -> str:
    """Return a random id; should it be taken, the database refuses it and the request is retried."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def place_of(request: Request, comment: Comment, **query: str) -> str:
    """Return the address of `comment` on its paragraph's page."""
    place = paragraph_of(request, comment, **query, c=comment.public_id)
    return f"{place}#c-{comment.public_id}"


def paragraph_of(request: Request, comment: Comment, **query: str) -> str:
    """Return the address of the paragraph that `comment` is about."""
    document = comment.document
    return str(
        request.route_path(
            "paragraph",
            slug=document.consultation.slug,
            document=document.slug,
            key=comment.paragraph.key,
            _query=query,
        )
    )
