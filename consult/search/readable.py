"""The consultations in which whoever asks may search."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.consultations.phases import VISITOR, Audience, Phase, may
from consult.permissions import Permission
from consult.web import Request

# Stored phases in which everybody reads what is public. From none of them the clock leads to one
# in which visitors may not.
_OPEN_TO_ALL = [phase for phase in Phase if Permission.READ in may(phase, VISITOR)]


@dataclass(frozen=True, slots=True)
class Searched:
    """What a page of results says of a consultation."""

    id: int
    slug: str
    title: str
    summary: str
    time_zone: str


def readable(request: Request) -> dict[str, Searched]:
    """Return them by slug, without those in preparation, which are not indexed.

    A site may have hundreds, so that only those are asked for their access control list that not
    everybody may read.
    """
    columns = (getattr(Consultation, name) for name in Searched.__dataclass_fields__)
    rows = request.db.execute(
        select(*columns).where(
            Consultation.audience == Audience.PUBLIC, Consultation.phase.in_(_OPEN_TO_ALL)
        )
    )
    found = [Searched(*row) for row in rows]
    guarded = select(Consultation).where(
        Consultation.audience != Audience.PUBLIC, Consultation.phase != Phase.DRAFT
    )
    for it in request.db.scalars(guarded):
        it.asked_at = request.arrived_at
        if request.has_permission(Permission.READ, it):
            found.append(Searched(it.id, it.slug, it.title, it.summary, it.time_zone))
    return {consultation.slug: consultation for consultation in found}
