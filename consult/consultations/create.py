"""Making a consultation."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.consultations.facts import Facts, check, write
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.forms import SLUG
from consult.i18n import _
from consult.refusal import Refused

LONGEST_SLUG = 60

# The officials' address of a consultation with such a name would be another page's.
RESERVED = frozenset({"new"})


def create_consultation(
    session: Session, slug: str, facts: Facts, *, actor_id: int | None = None
) -> Consultation:
    """Make a consultation in preparation, to be found at `slug`. Raises Refused."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise Refused(
            _("The address takes small letters a to z, digits and hyphens, at most 60."), "slug"
        )
    if slug in RESERVED or session.scalar(select(Consultation.id).where(Consultation.slug == slug)):
        raise Refused(_("This address is taken; write another one."), "slug")
    moment = clock.now()
    check(facts, Phase.DRAFT, moment)
    consultation = Consultation(
        slug=slug,
        phase=Phase.DRAFT,
        created_at=moment,
        house_rules="",
        house_rules_html="",
        privacy_notice="",
        privacy_notice_html="",
    )
    write(consultation, facts)
    session.add(consultation)
    session.flush()
    audit.append(
        session, actor_id, "create", f"consultation:{slug}", department=facts.department.slug
    )
    return consultation


def suggested_slug(title: str) -> str:
    """Return an address made of a title's words, or "" where it has no Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if len(whole) <= LONGEST_SLUG:
        return whole
    cut = whole[: LONGEST_SLUG + 1]
    return cut[: cut.rfind("-")] if "-" in cut else whole[:LONGEST_SLUG]
