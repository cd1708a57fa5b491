"""The two ini files, as an operator finds them."""

import configparser
from pathlib import Path

import pytest

from consult.settings import CHECKS, read_settings
from consult.shipped import HOME, shipped


def settings_in(name: str) -> dict[str, str]:
    ini = configparser.ConfigParser()
    ini.read(shipped(name), encoding="utf-8")
    return dict(ini["app:main"])


def test_both_are_good() -> None:
    assert read_settings(settings_in("development.ini"), {}).development
    production = read_settings(settings_in("production.ini"), {})
    assert production.secure and not production.development
    assert (production.letters, production.worker) == ("smtp", "apart")


def test_production_names_every_setting_and_explains_it() -> None:
    written = shipped("production.ini").read_text(encoding="utf-8")
    named = {key.removeprefix("consult.") for key in settings_in("production.ini")} - {"use"}
    assert named - {"http_port"} == set(CHECKS)
    explained = [part.strip() for part in written.split("\n\n") if "\nconsult." in part]
    assert explained and all(part.startswith("# ") for part in explained)


@pytest.mark.parametrize("name", ["development.ini", "production.ini"])
def test_they_hold_nothing_of_one_machine(name: str) -> None:
    written = shipped(name).read_text(encoding="utf-8")
    assert str(Path.home()) not in written and str(HOME.parent) not in written
