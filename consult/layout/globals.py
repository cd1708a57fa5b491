"""What every template can use."""

import hashlib
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.dates import format_timedelta
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.events import BeforeRender
from pyramid.i18n import TranslationString

from consult import clock
from consult.i18n import (
    direction_of,
    format_date,
    format_datetime,
    format_size,
    locale_of,
    translate,
)
from consult.layout.carrying import carried
from consult.shipped import shipped
from consult.web import SITE, Request

STATIC = shipped("static")


@lru_cache(maxsize=256)
def _fingerprint(path: Path, _modified: int) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()


def static(path: str) -> str:
    """Return the address of a file below static/; it changes with the file, so it can be kept for ever."""
    file = STATIC / path
    try:
        return f"/static/{path}?{_fingerprint(file, file.stat().st_mtime_ns)}"
    except FileNotFoundError:
        return f"/static/{path}"


def add_notice(config: Configurator, name: str, kind: str, sentence: TranslationString) -> None:
    """Register a sentence that a redirect can ask the next page to show: ``?notice=name``.

    Only sentences registered here are ever shown, so that nobody can put words into the site's
    mouth by a link, and no cookie is needed to carry one. `kind` is success, warning or information.
    """
    config.registry.setdefault("notices", {})[name] = (kind, sentence)


def notices(request: Request) -> list[tuple[str, str]]:
    """Return the kind and words of the notices that the address asks for."""
    known = request.registry.get("notices", {})
    asked = dict.fromkeys(request.GET.getall("notice"))
    return [(known[n][0], translate(request, known[n][1])) for n in asked if n in known]


def time_left(request: Request, until: datetime) -> str:
    """Return how long it is until then, in words: "19 days", "5 hours", "40 minutes"."""
    left = max(until - clock.now(), until - until)
    locale = locale_of(request.locale_name)
    granularity = (
        "day" if left.days >= 2 else "hour" if left.seconds >= 7200 or left.days else "minute"
    )
    # A threshold this high keeps 19 days from being called 3 weeks.
    return str(format_timedelta(left, granularity=granularity, threshold=1000, locale=locale))


def _can(request: Request, permission: str, context: Any = None) -> bool:
    return bool(request.has_permission(permission, SITE if context is None else context))


def put(event: BeforeRender) -> None:
    """Give a template the request, who is asking, addresses, dates and the page's language."""
    request: Request | None = event.get("request")
    if request is None or "lang" in event:
        return
    name = request.locale_name
    event.update(
        me=request.identity,
        can=partial(_can, request),
        url=partial(_url, request),
        static=static,
        csrf_token=partial(get_csrf_token, request),
        notices=partial(notices, request),
        filled_in=request.filled_in is not None,
        typed_text=lambda: carried(request).text,
        site_name=request.consult.site_name,
        settings=request.consult,
        lang=name.replace("_", "-"),
        dir=direction_of(name.replace("_", "-")),
        format_datetime=partial(format_datetime, request),
        format_date=partial(format_date, request),
        format_size=partial(format_size, request),
        time_left=partial(time_left, request),
    )


def _url(request: Request, name: str, **kw: Any) -> str:
    return str(request.route_path(name, **kw))


def includeme(config: Configurator) -> None:
    config.add_directive("add_notice", add_notice)
    config.add_subscriber(put, BeforeRender)
