"""Passwords: how they are kept, and which are refused."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consult.i18n import _
from consult.refusal import Refused

SHORTEST, LONGEST = 10, 200

# OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one lane. About 30 ms.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# What is verified where there is no hash, so that an unknown address takes as long as a known one.
# Nobody can sign in with its password, whatever `verify` finds.
NOBODYS = HASHER.hash(b"\x00")

# The most common ones that are long enough for us (NIST SP 800-63B, 3.1.1.2: compare with a list).
COMMON = frozenset(
    Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split()
)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890" * 2, "qwertyuiopasdfghjklzxcvbnm")
FEWEST_CHARACTERS = 5  # different ones
SHORTEST_PIECE = 4


def check(password: str, about: Iterable[str] = ()) -> None:
    """Raise Refused for a password that is too short, too long, common, or says who somebody is.

    `about` is what everybody may guess: the e-mail address and the name. No rules on capitals or
    signs (NIST SP 800-63B, 3.1.1.2).
    """
    if len(password) < SHORTEST:
        raise Refused(
            _(
                "Choose a password of at least ${n} characters. Three or four words are good.",
                mapping={"n": SHORTEST},
            )
        )
    if len(password) > LONGEST:
        raise Refused(_("Choose a password of at most ${n} characters.", mapping={"n": LONGEST}))
    folded = _normal(password).casefold()
    if _common(folded):
        raise Refused(
            _("Many people use this password, so it is easily guessed. Choose another one.")
        )
    if any(piece in folded for piece in _pieces(about)):
        raise Refused(_("Choose a password without your name or e-mail address in it."))


def _common(folded: str) -> bool:
    joined = "".join(folded.split())
    bare = joined.rstrip("!?.*#$-_ ")
    return (
        len(set(folded)) < FEWEST_CHARACTERS
        or bool({joined, bare, bare.rstrip("0123456789")} & COMMON)
        or any(joined in row or joined[::-1] in row for row in ROWS)
    )


def _pieces(about: Iterable[str]) -> set[str]:
    pieces = set()
    for fact in about:
        fact = _normal(fact).casefold()
        pieces |= {fact, "".join(fact.split()), fact.split("@")[0]}
    return {piece for piece in pieces if len(piece) >= SHORTEST_PIECE}


def _normal(password: str) -> str:
    # The same password typed on another keyboard may come as other code points.
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _normal(password).encode(errors="surrogatepass")


def hash_password(password: str) -> str:
    """Return what is kept of a password, with its own salt and parameters in it."""
    return HASHER.hash(_bytes(password))


def verify(kept: str | None, password: str) -> bool:
    """Return whether `password` is the one; takes as long where none is kept (None)."""
    try:
        return HASHER.verify(kept or NOBODYS, _bytes(password[: LONGEST + 1])) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)
