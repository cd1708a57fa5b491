"""The form in which an official describes a consultation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from consult.accounts.models import Department
from consult.consultations.facts import Facts, problems
from consult.consultations.fields import local_time_field
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.consultations.times import (
    EARLIEST,
    LATEST,
    NoSuchTime,
    local_minute,
    moment_of,
    zone_names,
)
from consult.forms import RequestForm, at_most, choices, lines, one_line, optional, required, slug
from consult.i18n import _
from consult.text import MAX_SOURCE
from consult.web import Request

LONGEST_REPLY = 365  # days
DAYS = _("Write a number of days from 1 to ${most}.", mapping={"most": LONGEST_REPLY})


def _days(_form: Any, field: IntegerField) -> None:
    # What is no number at all has its error already.
    if field.data is not None and not 1 <= field.data <= LONGEST_REPLY:
        raise ValidationError(DAYS)


class ConsultationForm(RequestForm):
    """Everything about a consultation that can be edited; `slug` is chosen once, at the start."""

    title = StringField(
        _("Title"), [required(_("Write a title.")), at_most(200)], filters=[one_line]
    )
    slug = StringField(
        _("Address"),
        [optional, slug],
        filters=[one_line],
        description=_("The last part of the page's address. Empty: it is made of the title."),
    )
    summary = TextAreaField(
        _("Summary"),
        [required(_("Write a summary.")), at_most(2000)],
        filters=[lines],
        description=_("What it is about and whom it concerns, in a few plain sentences."),
    )
    department = SelectField(_("Department"))
    audience = RadioField(
        _("Who can read it"),
        choices=choices([
            (Audience.PUBLIC, _("Everybody")),
            (Audience.OFFICIALS, _("Officials only")),
        ]),
        default=Audience.PUBLIC.value,
    )  # fmt: skip
    time_zone = SelectField(_("Time zone"))
    opens_at = local_time_field(_("Opens"))
    closes_at = local_time_field(_("Closes"))
    commenters = RadioField(
        _("Who can comment"),
        choices=choices([
            (Commenters.EVERYONE, _("Everybody")),
            (Commenters.ACCOUNTS, _("People with an account")),
            (Commenters.OFFICIALS, _("Officials only")),
        ]),
        default=Commenters.EVERYONE.value,
    )  # fmt: skip
    moderation = RadioField(
        _("When a moderator looks at a comment"),
        choices=choices([
            (Moderation.BEFORE, _("Before it appears")),
            (Moderation.AFTER, _("After it has appeared")),
            (Moderation.REPORT, _("When somebody reports it")),
        ]),
        default=Moderation.BEFORE.value,
    )  # fmt: skip
    house_rules = TextAreaField(
        _("House rules"),
        [at_most(MAX_SOURCE)],
        filters=[lines],
        description=_("Only if they differ from the site's. Markdown."),
    )
    privacy_notice = TextAreaField(
        _("Privacy notice"),
        [at_most(MAX_SOURCE)],
        filters=[lines],
        description=_("What happens to what people write here, and for how long. Markdown."),
    )
    reply_days = IntegerField(  # type: ignore[call-arg]
        _("Days within which officials reply"), [_days], default=28, invalid_value_message=DAYS
    )
    seen = HiddenField()

    def __init__(
        self,
        request: Request,
        departments: Sequence[Department],
        consultation: Consultation | None = None,
        facts: Facts | None = None,
    ) -> None:
        values = {"time_zone": request.consult.time_zone} if facts is None else shown(facts)
        super().__init__(request, **values)
        self.departments = {department.slug: department for department in departments}
        self.department.choices = [(d.slug, d.name) for d in departments]
        names = zone_names()
        if values["time_zone"] not in names:
            names = (values["time_zone"], *names)
        self.time_zone.choices = [(name, name.replace("_", " ")) for name in names]
        self.stored = facts
        self.phase = Phase.DRAFT if consultation is None else consultation.phase_now
        self._leave_out(consultation is None)

    def _leave_out(self, new: bool) -> None:
        if not new:
            del self.slug
        if self.phase not in (Phase.DRAFT, Phase.SCHEDULED):
            del self.opens_at
        if self.phase in (Phase.CLOSED, Phase.ANSWERED):
            del self.closes_at

    def facts(self, moment: datetime) -> Facts | None:
        """Return what was typed, or None where it does not hold together; the form then says why."""
        if not self.validate():
            return None
        dates = {name: self._moment(name) for name in ("opens_at", "closes_at")}
        if self.errors:
            return None
        said = self.data
        typed = Facts(
            title=said["title"],
            department=self.departments[said["department"]],
            summary=said["summary"],
            audience=Audience(said["audience"]),
            time_zone=said["time_zone"],
            commenters=Commenters(said["commenters"]),
            moderation=Moderation(said["moderation"]),
            house_rules=said["house_rules"],
            privacy_notice=said["privacy_notice"],
            reply_days=said["reply_days"],
            **dates,
        )
        for problem in problems(typed, self.phase, moment):
            self.refuse(problem.field, problem.message)
        return None if self.errors else typed

    def _moment(self, name: str) -> datetime | None:
        stored: datetime | None = getattr(self.stored, name, None)
        if name not in self:
            return stored
        local, zone = self[name].data, ZoneInfo(self.time_zone.data)
        # What was not touched stays to the second, and the same of the two hours when clocks go back.
        if stored is not None and local == local_minute(stored, zone):
            return stored
        return None if local is None else self._converted(name, local, zone)

    def _converted(self, name: str, local: datetime, zone: ZoneInfo) -> datetime | None:
        # The hour that comes twice is taken so that the consultation is open longer.
        try:
            return moment_of(local, zone, later=name == "closes_at")
        except NoSuchTime:
            self.refuse(
                name,
                _(
                    "The clocks of ${zone} skip this time when they go forward; choose another.",
                    mapping={"zone": zone.key},
                ),
            )
        except ValueError:
            self.refuse(
                name,
                _(
                    "Choose a year from ${first} to ${last}.",
                    mapping={"first": EARLIEST, "last": LATEST},
                ),
            )
        return None


def shown(facts: Facts) -> dict[str, Any]:
    """Return the values of the form's fields for what is stored."""
    zone = ZoneInfo(facts.time_zone)
    return {
        "title": facts.title,
        "summary": facts.summary,
        "department": facts.department.slug,
        "audience": facts.audience.value,
        "time_zone": facts.time_zone,
        "opens_at": facts.opens_at and local_minute(facts.opens_at, zone),
        "closes_at": facts.closes_at and local_minute(facts.closes_at, zone),
        "commenters": facts.commenters.value,
        "moderation": facts.moderation.value,
        "house_rules": facts.house_rules,
        "privacy_notice": facts.privacy_notice,
        "reply_days": facts.reply_days,
        "seen": facts.digest(),
    }
