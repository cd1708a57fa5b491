"""How often things may be done, in one table."""

import time
from enum import StrEnum
from typing import Any

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPTooManyRequests
from redis.backoff import NoBackoff
from redis.retry import Retry

from consult.networks import network_of
from consult.settings import Settings
from consult.web import Request

PATIENCE = 2.0  # seconds that Redis is given to answer


class Act(StrEnum):
    """What is limited."""

    SIGN_IN = "sign in"
    SIGN_IN_TO = "sign in to one account from one network"
    SIGN_IN_ANYWHERE = "sign in to one account"
    SIGN_IN_KNOWN = "sign in where one has signed in before"
    PROVE = "give the password again"
    CONFIRM = "confirm a registration with its password"
    REGISTER = "register"
    LETTER = "have a letter sent to one address from one network"
    LETTER_ANYWHERE = "have a letter sent to one address"
    RESET = "have a link to a new password sent to one address"
    RESET_OFTEN = "have many such links sent"
    RESET_SLOWLY = "have yet another such link sent"
    POST = "post"
    POST_AS_GUEST = "post as a guest"
    VOTE = "vote"
    REPORT = "report"
    IMPORT = "import a file"


# Counted for each network, account, browser or e-mail address, as `limit` is told. A whole library or
# school may share one network, so those limits are wider than one person would need.
#
# Nobody can use up what somebody else needs: whatever anybody can count against an address (those
# that end in ANYWHERE) leaves the way by RESET open, of which every refusal means that a letter was
# sent within the hour whose link is still good. What only wants quiet neighbours goes by signing in.
TABLE: dict[Act, list[RateLimitItem]] = {
    act: parse_many(rule)
    for act, rule in {
        Act.SIGN_IN: "100 per 15 minutes",
        Act.SIGN_IN_TO: "10 per 15 minutes",
        Act.SIGN_IN_ANYWHERE: "300 per hour; 1000 per day",
        Act.SIGN_IN_KNOWN: "10 per 15 minutes",
        Act.PROVE: "10 per 15 minutes",
        Act.CONFIRM: "10 per 15 minutes",
        Act.REGISTER: "30 per hour",
        Act.LETTER: "5 per hour; 10 per day",
        Act.LETTER_ANYWHERE: "10 per hour; 20 per day",
        Act.RESET: "5 per hour",
        Act.RESET_OFTEN: "10 per day",
        Act.RESET_SLOWLY: "1 per hour",
        Act.POST: "20 per minute; 200 per hour",
        Act.POST_AS_GUEST: "20 per 10 minutes",
        Act.VOTE: "60 per minute",
        Act.REPORT: "30 per hour",
        Act.IMPORT: "60 per hour",
    }.items()
}


# What somebody can do at once instead of waiting: "letter", choose a new password by letter;
# "mailbox", use the letter that has come already; "account", sign in.
WAYS = {
    Act.SIGN_IN: "letter",
    Act.SIGN_IN_TO: "letter",
    Act.SIGN_IN_ANYWHERE: "letter",
    Act.SIGN_IN_KNOWN: "letter",
    Act.PROVE: "letter",
    Act.LETTER: "letter",
    Act.LETTER_ANYWHERE: "letter",
    Act.RESET: "mailbox",
    Act.RESET_SLOWLY: "mailbox",
    Act.POST_AS_GUEST: "account",
}


class TooManyRequests(HTTPTooManyRequests):
    """Refuses what is done too often; `seconds` says when to try again, `way` what to do instead."""

    def __init__(self, seconds: int, way: str = "") -> None:
        super().__init__(headers={"Retry-After": str(seconds)})
        self.seconds = seconds
        self.way = way


def network(request: Request) -> str:
    """Return the name of the network from which the request comes."""
    return network_of(request.remote_addr, request.environ.get("REMOTE_PORT", ""))


def limit(request: Request, act: Act, whom: str | int | None = None) -> None:
    """Count one `act` by `whom` (by default the client's network); raise TooManyRequests beyond the table."""
    wait = _count(request, act, whom)
    if wait:
        raise TooManyRequests(wait, WAYS.get(act, ""))


def within(request: Request, act: Act, whom: str | int) -> bool:
    """Count one `act` by `whom` and return whether it is within the table."""
    return not _count(request, act, whom)


def _count(request: Request, act: Act, whom: str | int | None) -> int:
    """Count, and return for how many seconds to wait; 0 where that is not necessary."""
    if request.environ.get("retry.attempt"):
        # We try again after a clash in the database; they asked once.
        return 0
    limiter: MovingWindowRateLimiter = request.registry["rate limiter"]
    name = str(whom if whom is not None else network(request))
    for item in TABLE[act]:
        if not limiter.hit(item, act.value, name):
            reset = limiter.get_window_stats(item, act.value, name).reset_time
            return max(1, int(reset - time.time()) + 1)
    return 0


def forgive(request: Request, act: Act, whom: str | int) -> None:
    """Start counting `act` by `whom` from nought, as after the right password."""
    limiter: MovingWindowRateLimiter = request.registry["rate limiter"]
    for item in TABLE[act]:
        limiter.clear(item, act.value, str(whom))


def can_count(request: Request) -> bool:
    """Say whether attempts can be counted; where they cannot, nobody signs in or posts."""
    limiter: MovingWindowRateLimiter = request.registry["rate limiter"]
    return bool(limiter.storage.check())


def _options(address: str) -> dict[str, Any]:
    if not address.startswith("redis"):
        return {}
    # People wait for the answer. Errors are told as those of a storage, whichever it is.
    patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    return patience | {"wrap_exceptions": True, "retry": Retry(NoBackoff(), 1)}


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    storage = storage_from_string(settings.rate_limits, **_options(settings.rate_limits))
    config.registry["rate limiter"] = MovingWindowRateLimiter(storage)
