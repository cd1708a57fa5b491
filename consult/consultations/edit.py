"""Changing what is said about a consultation."""

from pyramid.config import Configurator
from pyramid.i18n import TranslationString
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.consultations.facts import AHEAD, Facts, check, differences, facts_of, write
from consult.consultations.lifecycle import Guard, write_down
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.db import registry_of
from consult.i18n import _
from consult.refusal import Refused


def add_audience_guard(config: Configurator, guard: Guard) -> None:
    """Register what a room above can have against another audience.

    The guard returns its reason as a sentence, or None.
    """
    config.registry.setdefault("audience guards", []).append(guard)


def why_audience_stays(session: Session, consultation: Consultation) -> TranslationString | None:
    """Return why it cannot be changed any more who may read `consultation`; None if it can."""
    guards = registry_of(session).get("audience guards", ())
    reasons = (guard(session, consultation) for guard in guards)
    return next((reason for reason in reasons if reason is not None), None)


def hold(session: Session, consultation: Consultation) -> None:
    """Read a consultation afresh and have others who would change it wait for this transaction."""
    session.refresh(consultation, with_for_update={"of": Consultation})


def edit_consultation(
    session: Session, consultation: Consultation, facts: Facts, *, actor_id: int | None = None
) -> list[str]:
    """Store `facts`, and return the names of those that changed.

    What the clock has done is written down first, so that a date that has come cannot be put off.
    Raises Refused.
    """
    moment = consultation.asked_at or clock.now()
    write_down(session, consultation, moment)
    changed = differences(facts_of(consultation), facts)
    if "opens_at" in changed and consultation.phase not in (Phase.DRAFT, Phase.SCHEDULED):
        raise Refused(_("It has opened already; when that was cannot be changed."), "opens_at")
    if "closes_at" in changed and consultation.phase not in AHEAD:
        raise Refused(_("It has closed already; reopen it to give a new date."), "closes_at")
    if "audience" in changed:
        reason = why_audience_stays(session, consultation)
        if reason is not None:
            raise Refused(reason, "audience")
    check(facts, consultation.phase, moment)
    if changed:
        write(consultation, facts)
        audit.append(
            session, actor_id, "edit", f"consultation:{consultation.slug}", changed=changed
        )
    return changed
