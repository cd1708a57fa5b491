"""The trial material for hostile input, where it is at hand."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from consult.text import (
    MAX_SOURCE,
    clean_line,
    clean_text,
    excerpt,
    plain_text,
    render_markdown,
    sanitise_wording,
)
from consult.text.plain import _may_end
from tests.limits import HANGING
from tests.text.proof import COMMENT, WORDING, assert_harmless

CORPUS = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus")) / "hostile"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no trial material at {CORPUS} (CONSULT_CORPUS)"
)

GATES: list[tuple[Callable[[str], str], set[str]]] = [
    (render_markdown, COMMENT),
    (sanitise_wording, WORDING),
]


def _through_everything(text: str) -> None:
    for gate, elements in GATES:
        html = gate(text)
        assert_harmless(html, elements)
        excerpt(plain_text(html))
    clean_line(text).encode()
    clean_text(text).encode()


def _payloads() -> list[str]:
    """Every payload, and what other sanitisers make of it, which is markup to be tried as well."""
    found: list[str] = []
    with (CORPUS / "xss.jsonl").open(encoding="utf-8", newline="\n") as lines:
        for row in map(json.loads, lines):
            expected = row.get("expected", [])
            found += [row["payload"], *([expected] if isinstance(expected, str) else expected)]
    return found


def test_no_script_injection_gets_through() -> None:
    payloads = _payloads()
    assert len(payloads) >= 3_757
    for payload in payloads:
        for source in (
            payload,
            f"[x]({payload})",
            f"<p>{payload}</p>",
            f'<a href="{payload}">x</a>',
        ):
            for gate, elements in GATES:
                assert_harmless(gate(source[:MAX_SOURCE]), elements)


def test_sanitised_payloads_are_sanitised_for_good() -> None:
    for payload in _payloads():
        once = sanitise_wording(payload)
        assert sanitise_wording(once) == once


def test_naughty_strings() -> None:
    strings = json.loads((CORPUS / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    for string in strings:
        _through_everything(string)


@pytest.mark.parametrize("name", ["commonmark-spec.txt", "cmark-regression.txt"])
def test_odd_markdown(name: str) -> None:
    text = (CORPUS / "markdown" / name).read_text(encoding="utf-8")
    examples = re.findall(r"^`{32} example[^\n]*\n(.*?)^\.$", text, re.MULTILINE | re.DOTALL)
    assert len(examples) > 15
    for example in examples:
        _through_everything(example.replace("→", "\t"))
    for begin in range(0, len(text), MAX_SOURCE):
        began = time.process_time()
        _through_everything(text[begin : begin + MAX_SOURCE])
        assert time.process_time() - began < HANGING


@pytest.mark.parametrize(
    "path", sorted((CORPUS / "unicode").rglob("*.txt")), ids=lambda path: path.name
)
def test_unicode_trials(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        codes = re.findall(r"\b[0-9A-F]{4,6}\b", line.split("#")[0].split(";")[0])
        _through_everything("".join(chr(int(code, 16)) for code in codes))


def test_no_excerpt_cuts_a_grapheme_cluster() -> None:
    trial = CORPUS / "unicode" / "unicode-data" / "GraphemeBreakTest.txt"
    for line in trial.read_text(encoding="utf-8").splitlines():
        marks = line.split("#")[0].split()[1:-1]
        text = "".join(chr(int(code, 16)) for code in marks[::2])
        for position, mark in enumerate(marks[1::2], start=1):
            if mark == "×":
                assert not _may_end(text, position), line
