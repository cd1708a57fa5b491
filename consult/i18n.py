"""Languages: which one a page is written in, and how dates read in it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from babel.numbers import format_decimal
from babel.units import format_unit
from pyramid.config import Configurator
from pyramid.i18n import TranslationString, TranslationStringFactory

from consult.settings import PSEUDO, Settings
from consult.web import Request

_ = TranslationStringFactory("consult")

# Our English is British, also in its dates.
SPOKEN = {**PSEUDO, "en": "en_GB"}


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """Return Babel's data for the locale called `name` ("en", "cy", "pt-BR")."""
    name = name.replace("-", "_")
    return Locale.parse(SPOKEN.get(name, name))


def direction_of(name: str) -> str:
    """Return "ltr" or "rtl" for a language tag; an unknown or empty one counts as "ltr"."""
    try:
        return str(locale_of(name.split("-")[0]).text_direction) if name else "ltr"
    except (ValueError, LookupError):
        return "ltr"


def negotiate(request: Request) -> str:
    """Choose the page's language: asked for in the address, kept with the account, then the browser's.

    Only languages that the operator enabled are chosen; the first of them is the default.
    """
    enabled: Sequence[str] = request.consult.locales
    asked = request.GET.get("lang", "")
    if asked in enabled:
        return str(asked)
    if len(enabled) == 1:
        return enabled[0]
    account = request.identity
    if account is not None and account.locale in enabled:
        return str(account.locale)
    tags = [name.replace("_", "-") for name in enabled]
    best = request.accept_language.lookup(tags, default=tags[0])
    return enabled[tags.index(best)]


def zone_of(request: Request, zone: ZoneInfo | str | None) -> ZoneInfo:
    """Return the time zone given, by name or itself, or the site's."""
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone or request.consult.time_zone)


def format_datetime(request: Request, when: datetime, zone: ZoneInfo | str | None = None) -> str:
    """Return day and time as they read in the page's language, e.g. "11 December 2026 at 17:00"."""
    zone = zone_of(request, zone)
    locale = locale_of(request.locale_name)
    day = babel_date(when.astimezone(zone), format="long", locale=locale)
    time = babel_datetime(when, "HH:mm", tzinfo=zone, locale=locale)
    return translate(request, _("${day} at ${time}", mapping={"day": day, "time": time}))


def format_date(request: Request, when: datetime, zone: ZoneInfo | str | None = None) -> str:
    """Return the day as it reads in the page's language, e.g. "11 December 2026"."""
    zone = zone_of(request, zone)
    return str(
        babel_date(when.astimezone(zone), format="long", locale=locale_of(request.locale_name))
    )


def format_number(request: Request, number: int) -> str:
    """Return a quantity as it reads in the page's language, e.g. "20,000"."""
    return str(format_decimal(number, locale=locale_of(request.locale_name)))


def format_size(request: Request, size: int) -> str:
    """Return the size of a file, given in bytes, as it reads in the page's language: "103 kB"."""
    locale = locale_of(request.locale_name)
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return str(format_unit(kilobytes, "kilobyte", length="short", locale=locale))
    return str(format_unit(round(size / 1e6, 1), "megabyte", length="short", locale=locale))


def translate(request: Request, message: str | TranslationString) -> str:
    """Return `message` in the page's language."""
    return str(request.localizer.translate(message))


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    config.add_settings({"pyramid.default_locale_name": settings.locales[0]})
    config.add_translation_dirs("consult:locale")
    config.set_locale_negotiator(negotiate)
