"""The queue: what waits for a moderator."""

from functools import partial
from typing import Any

from pyramid.view import view_config

from consult.accounts.security import me
from consult.comments.addresses import is_public_id
from consult.i18n import translate
from consult.moderation.forms import REASONS
from consult.moderation.models import Reason
from consult.moderation.queue import SIZE, Choice, Load, Why, items, loads, parse_key
from consult.moderation.rules import title_of
from consult.permissions import Permission
from consult.web import Request


def choice_of(request: Request) -> Choice:
    """Return which part of the queue the address chooses; what it does not know, it does not choose."""
    why, reason = request.GET.get("why", ""), request.GET.get("reason", "")
    return Choice(
        request.GET.get("consultation", "")[:60],
        Why(why) if why in tuple(Why) else None,
        Reason(reason) if reason in tuple(Reason) else None,
    )


@view_config(
    route_name="moderation",
    request_method="GET",
    renderer="consult:moderation/templates/queue.jinja2",
    permission=Permission.WORK_AS_MODERATOR,
)
def queue(request: Request) -> dict[str, Any]:
    """Show what waits, what was reported and what nobody has checked yet."""
    account, choice = me(request), choice_of(request)
    after = parse_key(request.GET.get("after", ""))
    waiting = loads(request.db, account) if account else []
    found = items(request.db, account, choice, after, SIZE + 1) if account else []
    more = None
    if len(found) > SIZE:
        more = _here(request, choice, after=str(found[SIZE - 1].key))
    return {
        "items": found[:SIZE],
        "more": more,
        "first": _here(request, choice) if after else None,
        "choice": choice,
        "loads": waiting,
        "tabs": _tabs(request, choice, waiting),
        "oldest": min((load.oldest for load in waiting), default=None),
        "reasons": reason_names(request),
        "title_of": partial(title_of, request),
        "done": done(request),
    }


def reason_names(request: Request) -> dict[Reason, str]:
    """Return the words for each reason to report, in the page's language."""
    return {reason: translate(request, words) for reason, words in REASONS.items()}


def done(request: Request) -> str:
    """Return the public id of the comment that was decided on a moment ago, or ""."""
    given = request.GET.get("done", "")
    return given if is_public_id(given) else ""


def _here(request: Request, choice: Choice, **query: str) -> str:
    return str(request.route_path("moderation", _query=choice.query() | query))


def _tabs(request: Request, choice: Choice, waiting: list[Load]) -> dict[Why | None, Any]:
    """Return for each part of the queue its address, how much is in it and whether it is shown."""
    mine = [load for load in waiting if choice.consultation in ("", load.slug)]
    counts = {
        None: sum(load.total for load in mine),
        Why.REPORTED: sum(load.reported for load in mine),
        Why.WAITING: sum(load.waiting for load in mine),
        Why.UNCHECKED: sum(load.unchecked for load in mine),
    }
    return {
        why: (_here(request, Choice(choice.consultation, why)), n, choice.why is why)
        for why, n in counts.items()
    }
