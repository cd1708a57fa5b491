"""The public names of paragraphs: short, safe to read out, and never a word."""

import secrets
from collections.abc import Collection

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
