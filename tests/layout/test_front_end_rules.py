"""What the security policy and the rules of style ask of templates, styles and scripts."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "consult").rglob("*.jinja2"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def found(pattern: str, files: list[Path], comment: re.Pattern[str]) -> list[str]:
    """Return each hit with the file that it stands in."""
    assert files
    return [
        f"{file.name}: {hit.group()}"
        for file in files
        for hit in re.finditer(pattern, comment.sub("", file.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"<style\b",
        r"<script(?![^>]*\ssrc=)",
        r"javascript:",
        r"(?:src|href)=\"(?:https?:)?//",
    ],
)
def test_templates_hold_nothing_that_the_policy_refuses(pattern: str) -> None:
    assert found(pattern, TEMPLATES, TEMPLATE_COMMENT) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"!important",
        r"@import",
        r"url\(",
        r"(?:margin|padding|border)-(?:left|right)\b",
        r"(?m)^\s*(?:left|right|float|text-align):\s*(?:left|right)?\s*;",
        r"(?m)^#[a-z]",
    ],
)
def test_style_sheets_are_logical_and_fetch_nothing(pattern: str) -> None:
    assert found(pattern, SHEETS, COMMENT) == []


@pytest.mark.parametrize("pattern", [r"\beval\(", r"innerHTML", r"(?m)^import\b", r"https?://"])
def test_scripts_stand_alone_and_write_no_markup(pattern: str) -> None:
    # A module that imported another would get it from an address without a digest.
    assert found(pattern, SCRIPTS, COMMENT) == []
