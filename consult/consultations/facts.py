"""What an official says about a consultation, and whether it holds together."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from consult.accounts.models import Department
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.i18n import _
from consult.refusal import Refused
from consult.text import MAX_SOURCE, render_markdown

# Phases in which the dates are still ahead, at least one of them.
AHEAD = (Phase.DRAFT, Phase.SCHEDULED, Phase.OPEN)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about a consultation that can be edited; texts are clean, moments aware.

    `summary` is plain text; `house_rules` (empty: the site's own) and `privacy_notice` are
    Markdown of at most MAX_SOURCE characters.
    """

    title: str
    department: Department
    summary: str = ""
    audience: Audience = Audience.PUBLIC
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_zone: str = "Europe/London"
    commenters: Commenters = Commenters.EVERYONE
    moderation: Moderation = Moderation.BEFORE
    house_rules: str = ""
    privacy_notice: str = ""
    reply_days: int = 28

    def digest(self) -> str:
        """Return a word that differs when anything differs."""
        said = [(name, str(getattr(self, name))) for name in NAMES if name != "department"]
        return sha256(repr((self.department.id, said)).encode()).hexdigest()[:20]


NAMES = tuple(field.name for field in fields(Facts))


def facts_of(consultation: Consultation) -> Facts:
    """Return what is stored about a consultation."""
    return Facts(**{name: getattr(consultation, name) for name in NAMES})


def differences(one: Facts, other: Facts) -> list[str]:
    """Return the names of what is not the same in both."""
    return [name for name in NAMES if getattr(one, name) != getattr(other, name)]


def problems(facts: Facts, phase: Phase, moment: datetime) -> Iterator[Refused]:
    """Yield why a consultation with these facts cannot stand in `phase` at `moment`."""
    opens, closes = facts.opens_at, facts.closes_at
    if not facts.title:
        yield Refused(_("Write a title."), "title")
    if phase is Phase.SCHEDULED and opens is None:
        yield Refused(_("Say when the consultation opens."), "opens_at")
    elif phase is Phase.SCHEDULED and opens is not None and opens <= moment:
        yield Refused(_("The time of opening has passed; choose a later one."), "opens_at")
    if phase in (Phase.SCHEDULED, Phase.OPEN) and closes is None:
        yield Refused(_("Say when the consultation closes."), "closes_at")
    elif phase is Phase.OPEN and closes is not None and closes <= moment:
        yield Refused(_("The time of closing has passed; choose a later one."), "closes_at")
    elif phase in AHEAD and opens and closes and closes <= opens:
        yield Refused(_("It must close after it opens."), "closes_at")
    for name in ("house_rules", "privacy_notice"):
        if len(getattr(facts, name)) > MAX_SOURCE:
            yield Refused(
                _("At most ${length} characters are taken.", mapping={"length": MAX_SOURCE}), name
            )


def check(facts: Facts, phase: Phase, moment: datetime) -> None:
    """Raise the first of the problems, if there is one."""
    for problem in problems(facts, phase, moment):
        raise problem


def write(consultation: Consultation, facts: Facts) -> None:
    """Store checked facts; Markdown is rendered here, once."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in NAMES}
    for name in ("house_rules", "privacy_notice"):
        # Rendering an unchanged text again would make an unchanged row look changed.
        if values[name] != getattr(consultation, name):
            values[name + "_html"] = render_markdown(values[name])
    for name, value in values.items():
        setattr(consultation, name, value)
