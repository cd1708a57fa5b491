"""What people may call themselves: nobody may look like an official without being one."""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.glyphs import prototype, script
from consult.accounts.models import Account, Department, Grant
from consult.accounts.offices import CLAIMS
from consult.accounts.resembling import can_be_taken_for, claims, is_department
from consult.accounts.skeletons import skeleton, words_of
from consult.i18n import _
from consult.refusal import Refused
from consult.text import clean_line

SHORTEST, LONGEST = 1, 120
# Of the readings of a name that are looked up; names that can be read in more ways are nobody's.
MOST_READINGS = 900


def check(session: Session, typed: str, *, site_name: str = "", own: Account | None = None) -> str:
    """Return the name that somebody gives themselves, tidied; raise Refused if it may not be.

    Refused are names that as a whole claim an office, or could be taken for the site, for a
    department that exists, or for an account that holds a role, other than `own`. Citizens may
    share names among themselves.
    """
    name = tidy(typed)
    departments = session.scalars(select(Department.name))
    if claims(name, CLAIMS | {skeleton(site_name)} - {""}) or any(
        is_department(name, department) for department in departments
    ):
        raise Refused(
            _(
                "“${words}” could be taken for an official or a department. "
                "Choose a name without it.",
                mapping={"words": name},
            )
        )
    looks = sorted(can_be_taken_for(name), key=len)[:MOST_READINGS]
    holders = select(Account.id).where(
        Account.name_skeleton.in_(looks),
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
