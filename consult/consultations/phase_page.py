"""The page on which an official moves a consultation to another phase, after reading what it means."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from wtforms import HiddenField

from consult.accounts.security import my_id
from consult.consultations.edit import hold
from consult.consultations.fields import local_time_field
from consult.consultations.labels import MEANINGS, NAMES
from consult.consultations.lifecycle import move_consultation
from consult.consultations.loose_ends import loose_ends
from consult.consultations.models import Consultation
from consult.consultations.moves import Move, possible
from consult.consultations.times import NoSuchTime, moment_of
from consult.forms import RequestForm
from consult.i18n import _
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request


class PhaseForm(RequestForm):
    """Which move; and when it closes, for the one that needs to know."""

    move = HiddenField()
    closes_at = local_time_field(_("Closes"))


@view_config(
    route_name="consultation_phase",
    request_method=("GET", "POST"),
    renderer="consult:consultations/templates/phase.jinja2",
    permission=Permission.MANAGE,
)
def phase(consultation: Consultation, request: Request) -> dict[str, Any] | Response:
    """Show what a move means; make it when it is confirmed. Without a move, show the moves."""
    form = PhaseForm(request, move=request.GET.get("move", ""))
    move = next((move for move in Move if move.value == form.move.data), None)
    refused: list[str] = []
    if request.method == "POST":
        hold(request.db, consultation)
        try:
            if move is not None and form.validate():
                _move(consultation, move, form, request)
                return HTTPSeeOther(
                    request.route_path(
                        "consultation_desk",
                        slug=consultation.slug,
                        _query={"notice": f"consultation-{move}"},
                    )
                )
        except Refused as refusal:
            if refusal.field in form and move is Move.REOPEN:
                form.refuse(refusal.field, refusal.message)
            else:
                refused.append(request.localizer.translate(refusal.message))
        request.response.status_int = 422
    return {
        "form": form,
        "consultation": consultation,
        "move": move,
        "refused": refused,
        "moves": possible(consultation.phase_now),
        "left": _left(consultation, move, request),
        "names": NAMES,
        "meanings": MEANINGS,
    }


def _left(consultation: Consultation, move: Move | None, request: Request) -> dict[str, int]:
    return loose_ends(request.registry, request.db, consultation, move)


def _move(consultation: Consultation, move: Move, form: PhaseForm, request: Request) -> None:
    move_consultation(
        request.db,
        consultation,
        move,
        actor_id=my_id(request),
        closes_at=_closing(consultation, form.closes_at.data),
        left=_left(consultation, move, request),
    )


def _closing(consultation: Consultation, local: datetime | None) -> datetime | None:
    try:
        return None if local is None else moment_of(local, consultation.zone, later=True)
    except NoSuchTime:
        raise Refused(
            _("The clocks skip this time when they go forward; choose another."), "closes_at"
        ) from None
    except ValueError:
        raise Refused(_("Choose another year."), "closes_at") from None
