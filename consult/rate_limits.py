"""How often things may be done, in one table."""

import time
from enum import StrEnum

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPTooManyRequests

from consult.settings import Settings
from consult.web import Request


class Act(StrEnum):
    """What is limited."""

    SIGN_IN = "sign in"
    SIGN_IN_TO = "sign in to one account"
    REGISTER = "register"
    LETTER = "have a letter sent to one address"
    POST = "post"
    POST_AS_GUEST = "post as a guest"
    VOTE = "vote"
    REPORT = "report"
    IMPORT = "import a file"


# Counted for each client address, account or e-mail address, as `limit` is told. A whole library or
# school may share one client address, so those limits are wider than one person would need.
TABLE: dict[Act, list[RateLimitItem]] = {
    act: parse_many(rule)
    for act, rule in {
        Act.SIGN_IN: "100 per 15 minutes",
        Act.SIGN_IN_TO: "10 per 15 minutes",
        Act.REGISTER: "30 per hour",
        Act.LETTER: "5 per hour; 10 per day",
        Act.POST: "20 per minute; 200 per hour",
        Act.POST_AS_GUEST: "20 per 10 minutes",
        Act.VOTE: "60 per minute",
        Act.REPORT: "30 per hour",
        Act.IMPORT: "60 per hour",
    }.items()
}


class TooManyRequests(HTTPTooManyRequests):
    """Refuses what is done too often; `retry_after` says in how many seconds to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})
        self.seconds = seconds


def limit(request: Request, act: Act, whom: str | int | None = None) -> None:
    """Count one `act` by `whom` (by default the client's address); raise TooManyRequests beyond the table."""
    if request.environ.get("retry.attempt"):
        # We try again after a clash in the database; they asked once.
        return
    limiter: MovingWindowRateLimiter = request.registry["rate limiter"]
    name = str(whom if whom is not None else request.remote_addr or "")
    for item in TABLE[act]:
        if not limiter.hit(item, act.value, name):
            reset = limiter.get_window_stats(item, act.value, name).reset_time
            raise TooManyRequests(max(1, int(reset - time.time()) + 1))


def forgive(request: Request, act: Act, whom: str | int) -> None:
    """Start counting `act` by `whom` from nought, as after the right password."""
    limiter: MovingWindowRateLimiter = request.registry["rate limiter"]
    for item in TABLE[act]:
        limiter.clear(item, act.value, str(whom))


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    storage = storage_from_string(settings.rate_limits)
    config.registry["rate limiter"] = MovingWindowRateLimiter(storage)
