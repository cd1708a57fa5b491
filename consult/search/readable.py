"""The consultations in which whoever asks may search."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.accounts.security import me
from consult.consultations.coverage import readable as readable_by
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.permissions import Permission
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Searched:
    """What a page of results says of a consultation."""

    id: int
    slug: str
    title: str
    summary: str
    time_zone: str


def readable(request: Request) -> dict[str, Searched]:
    """Return them by slug: those whose text may be read as the clock stands, in one query.

    Those in preparation are left out; they are not indexed.
    """
    columns = (getattr(Consultation, name) for name in Searched.__dataclass_fields__)
    rows = request.db.execute(
        select(*columns).where(
            Consultation.phase != Phase.DRAFT,
            readable_by(me(request), Permission.READ_TEXT, request.arrived_at),
        )
    )
    return {row.slug: Searched(*row) for row in rows}
