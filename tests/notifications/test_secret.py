"""The secret with which links are signed."""

import dataclasses
import stat
from pathlib import Path

import pytest

from consult.accounts.secret import site_secret
from consult.settings import SettingRefused, Settings, read_settings


def settings(folder: Path, secret: str = "") -> Settings:
    return dataclasses.replace(read_settings({"consult.data": str(folder)}, {}), secret=secret)


def test_it_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = site_secret(settings(tmp_path / "new"))
    assert len(first) == 64 and site_secret(settings(tmp_path / "new")) == first
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert site_secret(settings(tmp_path / "other")) != first


def test_nodes_that_are_told_the_same_secret_agree(tmp_path: Path) -> None:
    told = "s" * 32
    assert site_secret(settings(tmp_path, told)) == told.encode()
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingRefused, match="at least 32 random characters"):
        read_settings({"consult.secret": "short"}, {})
