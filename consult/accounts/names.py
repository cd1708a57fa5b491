"""What people may call themselves: nobody may look like an official without being one."""

import unicodedata
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Account, Department, Grant
from consult.accounts.skeletons import likenesses, prototype, script, skeleton, words_of
from consult.i18n import _
from consult.refusal import Refused
from consult.text import clean_line

SHORTEST, LONGEST = 2, 60

# Words that claim an office. What honest citizens sign with is not among them: councillor,
# secretary (of the allotment society), officer, teacher.
RESERVED_WORDS = """
    admin admins administrator administrators administration sysadmin superuser webmaster
    postmaster moderator moderators moderation official officials department departments staff
    ministry ministries minister ministers government governments gov govuk
    ministre ministère gouvernement administrateur modérateur officiel
    ministro ministra ministerio gobierno administrador moderador oficial
    ministerium regierung behörde verwaltung
    llywodraeth gweinidog swyddogol cymedrolwr gweinyddwr
"""
RESERVED_PHRASES = (
    "civil service",
    "civil servant",
    "cabinet office",
    "secretary of state",
    "prime minister",
    "policy team",
    "consultation team",
    "support team",
)
RESERVED = frozenset(map(skeleton, (*RESERVED_WORDS.split(), *RESERVED_PHRASES)))


def check(session: Session, typed: str, *, site_name: str = "", own: Account | None = None) -> str:
    """Return the name that somebody gives themselves, tidied; raise Refused if it may not be.

    Refused are names that claim an office, the site's name or a department's, or that look like the
    name of an account that holds a role, other than `own`. Citizens may share names among
    themselves.
    """
    name = tidy(typed)
    departments = session.scalars(select(Department.name))
    taken = RESERVED | {skeleton(each) for each in (site_name, *departments)} - {""}
    _refuse_claims(name, taken)
    holders = select(Account.id).where(
        Account.name_skeleton.in_(likenesses(name)),
        Account.id.in_(select(Grant.account_id)),
        Account.id != (own.id if own else 0),
    )
    if session.scalar(holders.limit(1)) is not None:
        raise Refused(
            _(
                "This name looks like the name of somebody who works here. Add an initial, a "
                "second name or a place, so that readers can tell you apart."
            )
        )
    return name


def tidy(typed: str) -> str:
    """Return a name without what cannot be seen; raise Refused unless it has a name's shape."""
    name = clean_line(typed)
    if not SHORTEST <= len(name) <= LONGEST:
        raise Refused(
            _(
                "A name has between ${shortest} and ${longest} characters.",
                mapping={"shortest": SHORTEST, "longest": LONGEST},
            )
        )
    if not any(unicodedata.category(c).startswith("L") for c in name) or not skeleton(name):
        raise Refused(_("A name needs at least one letter."))
    if "@" in name:
        raise Refused(
            _("Everybody can read your name, so do not put an e-mail address or an @ in it.")
        )
    for character in name:
        # Ticks, stars and shields imitate the marks with which sites vouch for somebody.
        if unicodedata.category(character) == "So":
            raise Refused(
                _(
                    "Leave “${sign}” out: names have no signs or pictures.",
                    mapping={"sign": character},
                )
            )
    _refuse_mixtures(name)
    return name


def _refuse_mixtures(name: str) -> None:
    # Any one script is welcome, and so are names whose words differ in script. Within one word,
    # letters of another script that are drawn like Latin ones serve only to deceive.
    for word in words_of(name):
        scripts = {c: script(c) for c in word if unicodedata.category(c).startswith("L")}
        if "LATIN" in scripts.values() and any(
            other not in ("LATIN", "COMMON", "INHERITED") and _drawn_like_latin(c)
            for c, other in scripts.items()
        ):
            raise Refused(
                _(
                    "“${word}” mixes letters that look the same but belong to different scripts. "
                    "Write each word in one script.",
                    mapping={"word": word},
                )
            )


def _drawn_like_latin(character: str) -> bool:
    return any(script(c) == "LATIN" for c in prototype(character))


def _refuse_claims(name: str, taken: frozenset[str]) -> None:
    for words in _runs(words_of(name)):
        without_numbers = [word.rstrip("0123456789") for word in words]
        for form in (words, without_numbers):
            if likenesses("".join(form)) & taken:
                raise Refused(
                    _(
                        "“${words}” could be taken for an official or a department. "
                        "Choose a name without it.",
                        mapping={"words": " ".join(words)},
                    )
                )


def _runs(words: list[str]) -> Iterator[list[str]]:
    """Yield all words in succession that a name holds: "Adm in" is a claim too."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield words[start:end]
