"""What an operator can set: one frozen dataclass, checked before anything starts."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from consult.shipped import usual_data

PREFIX = "consult."
# Two languages that exist for testing: accented English that is a third longer, and English written
# from right to left. Their catalogues are made from the templates by `consult.locale.pseudo`; dates
# read in them as in the languages named here.
PSEUDO = {"en_XA": "en_GB", "ar_XB": "ar"}
SHORTEST_SECRET = 32


class SettingRefused(ValueError):
    """A setting has a value that the program cannot work with; the message names both."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running site; the defaults are those of a laptop."""

    data: Path
    database: str
    environment: str = "production"
    site_name: str = "Consult"
    public_url: str = "http://localhost:6543"
    contact: str = "consult@example.org"
    locales: tuple[str, ...] = ("en",)
    time_zone: str = "Europe/London"
    worker: str = "apart"
    letters: str = "folder"
    letters_from: str = "consult@example.org"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_security: str = "none"
    smtp_user: str = ""
    smtp_password: str = ""
    rate_limits: str = "memory://"
    upload_megabytes: int = 20
    session_days: int = 14
    stopping_seconds: int = 5
    secret: str = ""

    @property
    def secure(self) -> bool:
        """True where people reach the site over TLS, so that cookies can insist on it."""
        return self.public_url.startswith("https://")

    @property
    def development(self) -> bool:
        """True on a developer's machine, where letters can be read and the demo be filled in."""
        return self.environment == "development"


def _one_of(*accepted: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in accepted:
            raise ValueError("one of " + ", ".join(accepted))
        return value

    return check


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def check(value: str) -> int:
        if not value.isascii() or not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return check


def _database(value: str) -> str:
    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        raise ValueError(
            "an address such as sqlite:////srv/consult.sqlite or postgresql:///consult"
        )
    # psycopg 3 is the driver that is installed; an operator need not know its name.
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("an address without a path, such as https://consult.example.org")
    return value.rstrip("/")


def _address(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("an e-mail address, such as consult@example.org") from None


def _locales(value: str) -> tuple[str, ...]:
    names = tuple(value.replace(",", " ").split())
    try:
        for name in names:
            Locale.parse(PSEUDO.get(name, name).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        names = ()
    if not names:
        raise ValueError(
            "language codes with spaces between, the default one first, such as: en fr"
        )
    return names


def _time_zone(value: str) -> str:
    from zoneinfo import available_timezones

    if value not in available_timezones():
        raise ValueError("the name of a time zone, such as Europe/London")
    return value


def _rate_limits(value: str) -> str:
    if value != "memory://" and not value.startswith(("redis://", "rediss://")):
        raise ValueError("memory:// (one process) or an address such as redis://localhost:6379/0")
    return value


def _text(value: str) -> str:
    if not value:
        raise ValueError("a text that is not empty")
    return value


def _secret(value: str) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError(
            f"at least {SHORTEST_SECRET} random characters, or empty to have one made and kept"
        )
    return value


CHECKS: Mapping[str, Callable[[str], Any]] = {
    "data": lambda value: Path(_text(value)).expanduser().absolute(),
    "database": _database,
    "environment": _one_of("development", "production"),
    "site_name": _text,
    "public_url": _public_url,
    "contact": _address,
    "locales": _locales,
    "time_zone": _time_zone,
    "worker": _one_of("inside", "apart"),
    "letters": _one_of("folder", "smtp"),
    "letters_from": _address,
    "smtp_host": _text,
    "smtp_port": _whole_number(1, 65535),
    "smtp_security": _one_of("none", "starttls", "tls"),
    "smtp_user": str,
    "smtp_password": str,
    "rate_limits": _rate_limits,
    "upload_megabytes": _whole_number(1, 200),
    "session_days": _whole_number(1, 365),
    "stopping_seconds": _whole_number(0, 300),
    "secret": _secret,
}


def read_settings(raw: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the ini file's [app:main] section, the environment overriding.

    ``CONSULT_SITE_NAME`` in `environ` (by default the process's own) wins over
    ``consult.site_name`` in `raw`, and so for every name. Raises SettingRefused for an unknown
    name or a bad value, in a sentence that says what is accepted.
    """
    environ = os.environ if environ is None else environ
    given = {k.removeprefix(PREFIX): str(v) for k, v in raw.items() if k.startswith(PREFIX)}
    unknown = sorted(set(given) - set(CHECKS))
    if unknown:
        raise SettingRefused(
            f"{PREFIX}{unknown[0]} is not a setting; the settings are: {', '.join(sorted(CHECKS))}"
        )
    for name in CHECKS:
        value = environ.get("CONSULT_" + name.upper())
        if value is not None:
            given[name] = value
    data = given.setdefault("data", str(usual_data()))
    given.setdefault("database", f"sqlite:///{Path(data).expanduser().absolute()}/consult.sqlite")
    return Settings(
        **{f.name: _checked(f.name, given[f.name]) for f in fields(Settings) if f.name in given}
    )


def _checked(name: str, value: str) -> Any:
    try:
        return CHECKS[name](value.strip())
    except ValueError as error:
        raise SettingRefused(
            f"the setting {PREFIX}{name} is {value!r}, but it must be {error}"
        ) from None
