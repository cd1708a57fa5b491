"""A consultation as one line of a command says it: made if it is new, else brought up to date."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Department
from consult.consultations.create import create_consultation, suggested_slug
from consult.consultations.edit import edit_consultation
from consult.consultations.facts import Facts, facts_of
from consult.consultations.lifecycle import move_consultation, write_down
from consult.consultations.models import Consultation, Moderation
from consult.consultations.moves import Move
from consult.consultations.phases import Phase
from consult.consultations.times import NoSuchTime, moment_of
from consult.i18n import _
from consult.refusal import Refused
from consult.text import clean_line

# Twelve weeks, as the United Kingdom's Code of Practice on Consultation (2008, criterion 2) asks.
USUAL_LENGTH = timedelta(weeks=12)

LAST_MINUTE = time(23, 59)

SKIPPED = _("The clocks skip this time when they go forward; choose another.")


def put_consultation(
    session: Session,
    slug: str,
    *,
    title: str,
    department: str = "",
    opens: str = "",
    closes: str = "",
    moderation: str = "",
    opened: bool = False,
    announced: bool = False,
    time_zone: str = "Europe/London",
    site_name: str = "Consult",
) -> Consultation:
    """Make the consultation at `slug` or change what is given; said twice it is done once.

    `department` is a slug or a name, made if there is none such; by default the consultation's
    own, or the site's first, or a new one called `site_name`. `opens` and `closes` are ISO 8601
    dates (their beginning or their end is meant) or dates and times (of `time_zone`, unless they
    say otherwise); a time of closing that has passed closes an open consultation now. `opened`
    opens it, or opens it again, if it is not open; `announced` announces one in preparation, which
    then opens by itself at `opens`. One without a date then closes after USUAL_LENGTH. Raises
    Refused.
    """
    if opened and (opens or announced):
        raise Refused(
            _("Give either --open, or --opens and --announce: it cannot open now and later."),
            "opens_at",
        )
    moment = clock.now()
    consultation = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if consultation is None:
        place = _department(session, department, site_name)
        consultation = create_consultation(
            session, slug, Facts(clean_line(title), place, time_zone=time_zone)
        )
    write_down(session, consultation, moment)
    facts = replace(facts_of(consultation), title=clean_line(title))
    if department:
        facts = replace(facts, department=_department(session, department, site_name))
    if moderation:
        facts = replace(facts, moderation=_moderation(moderation))
    closes_at = _closing(closes, ZoneInfo(consultation.time_zone)) if closes else None
    ahead = closes_at if closes_at and closes_at > moment else None
    if opens or announced:
        facts = _coming(consultation, facts, opens, closes_at, moment)
    elif opened and facts.closes_at is None and ahead is None:
        facts = replace(facts, closes_at=moment + USUAL_LENGTH)
    if ahead and not (opened and consultation.phase is Phase.CLOSED):
        facts = replace(facts, closes_at=ahead)
    edit_consultation(session, consultation, facts)
    _move(session, consultation, ahead, opened=opened, announced=announced)
    if closes_at and not ahead and consultation.phase is Phase.OPEN:
        move_consultation(session, consultation, Move.CLOSE)
    return consultation


def _coming(
    consultation: Consultation,
    facts: Facts,
    opens: str,
    closes_at: datetime | None,
    moment: datetime,
) -> Facts:
    """Return `facts` with the dates of a consultation that is to open by itself."""
    opens_at = _opening(opens, ZoneInfo(consultation.time_zone)) if opens else facts.opens_at
    if opens_at is None:
        raise Refused(
            _("Say when it opens, for example with --opens 2026-12-11T09:00."), "opens_at"
        )
    if consultation.phase not in (Phase.DRAFT, Phase.SCHEDULED):
        # Said again once the hour has come it is done already; another date is refused below.
        return replace(facts, opens_at=opens_at)
    if opens_at <= moment:
        raise Refused(_("The time of opening has passed; choose a later one."), "opens_at")
    closes_at = closes_at or facts.closes_at or opens_at + USUAL_LENGTH
    if closes_at <= opens_at:
        raise Refused(_("It must close after it opens."), "closes_at")
    return replace(facts, opens_at=opens_at, closes_at=closes_at)


def _move(
    session: Session,
    consultation: Consultation,
    closes_at: datetime | None,
    *,
    opened: bool,
    announced: bool,
) -> None:
    phase = consultation.phase
    if announced and phase is Phase.DRAFT:
        move_consultation(session, consultation, Move.SCHEDULE)
    elif opened and phase in (Phase.DRAFT, Phase.SCHEDULED):
        move_consultation(session, consultation, Move.OPEN)
    elif opened and phase is not Phase.OPEN:
        move_consultation(session, consultation, Move.REOPEN, closes_at=closes_at)


def _department(session: Session, name: str, site_name: str) -> Department:
    name = clean_line(name)
    known = select(Department).order_by(Department.id)
    if name:
        known = known.where(or_(Department.slug == suggested_slug(name), Department.name == name))
    department = session.scalars(known.limit(1)).first()
    if department is None:
        name = name or site_name
        slug = suggested_slug(name)
        if not slug:
            raise Refused(
                _("The department needs a name with letters a to z or digits in it."), "department"
            )
        department = Department(name=name, slug=slug)
        session.add(department)
        session.flush()
    return department


def _moderation(word: str) -> Moderation:
    try:
        return Moderation(word)
    except ValueError:
        raise Refused(_("Moderation is one of before, after and report."), "moderation") from None


def _closing(said: str, zone: ZoneInfo) -> datetime:
    try:
        return _read(said, zone, LAST_MINUTE, later=True)
    except NoSuchTime:
        raise Refused(SKIPPED, "closes_at") from None
    except (ValueError, OverflowError):
        raise Refused(
            _("The closing time must be written like 2026-12-11 or 2026-12-11T17:00."), "closes_at"
        ) from None


def _opening(said: str, zone: ZoneInfo) -> datetime:
    try:
        return _read(said, zone, time.min, later=False)
    except NoSuchTime:
        raise Refused(SKIPPED, "opens_at") from None
    except (ValueError, OverflowError):
        raise Refused(
            _("The opening time must be written like 2026-12-11 or 2026-12-11T17:00."), "opens_at"
        ) from None


def _read(said: str, zone: ZoneInfo, of_a_day: time, *, later: bool) -> datetime:
    """Return the moment that is meant; of a date alone the time `of_a_day`."""
    if len(said) == len("2026-12-11"):
        return moment_of(datetime.combine(date.fromisoformat(said), of_a_day), zone, later=later)
    given = datetime.fromisoformat(said)
    local = given.astimezone(zone).replace(tzinfo=None) if given.tzinfo else given
    return moment_of(local, zone, later=later)
