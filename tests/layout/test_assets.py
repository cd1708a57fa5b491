"""Copying from npm: no brand of another site, nothing fetched, the same bytes each time."""

from pathlib import Path

import pytest

from consult.layout import assets

SHEET = (
    "/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. */"
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
    ".govuk-link{font-family:GDS Transport,arial,sans-serif;color:blue}"
    ".crest:before{width:1px;background-image:url(/assets/images/govuk-crest.svg);height:2px}"
    "/*# sourceMappingURL=x.map */"
)


def modules(folder: Path, sheet: str) -> Path:
    for place in assets.SOURCES.values():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sheet if place.endswith(".css") else "script")
    return folder


def test_typeface_and_crest_are_left_out_and_the_rest_is_kept() -> None:
    css = assets.without_marks(SHEET)
    assert css == (
        f".govuk-link{{font-family:{assets.SYSTEM_FONTS};color:blue}}"
        ".crest:before{width:1px;height:2px}"
    )


def test_an_unknown_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="url"):
        assets.without_marks(".a{border-image:url(/x.png)}")


def test_a_second_copy_writes_nothing(tmp_path: Path) -> None:
    source = modules(tmp_path / "node_modules", SHEET)
    assert assets.copy(source, tmp_path / "vendor") == list(assets.SOURCES)
    assert assets.copy(source, tmp_path / "vendor") == []


def test_missing_modules_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="npm ci"):
        assets.copy(tmp_path / "node_modules", tmp_path / "vendor")
