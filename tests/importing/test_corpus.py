"""Real drafts and hostile files; the folder is no part of the project."""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from consult.importing import ImportRefused, read
from consult.importing.formats import read_here
from tests.importing.visible_words import visible_words, words_in

CORPUS = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus")).resolve()
_SUFFIXES = (".md", ".txt", ".html", ".docx", ".odt", ".epub", ".akn", ".xml")
# What goes on purpose, each with a finding: links to the top, and headings that stood over lists
# of contents (in Wales "cynnwys") and over notes that have moved to their paragraphs.
_LEFT_OUT = frozenset(
    {"top", "table", "of", "contents", "cynnwys", "footnotes", "references", "notes"}
)


def _files(folder: str, *suffixes: str) -> list[Path]:
    found = sorted(path for path in (CORPUS / folder).rglob("*") if path.suffix in suffixes)
    return [path for path in found if not path.name.startswith(("LICEN", "README"))]


DRAFTS = _files("drafts", *_SUFFIXES)
PRINTED = _files("drafts", ".pdf")
BOMBS = [path for path in sorted((CORPUS / "hostile/bombs").glob("*")) if path.is_file()]
ODD = _files("hostile/office", ".docx", ".odt") + _files("hostile/markdown", ".txt")
ODD += _files("hostile/naughty-strings", ".txt") + _files("hostile/pdf", ".pdf")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}; see CONSULT_CORPUS"),
]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_of_a_real_draft_is_lost(path: Path) -> None:
    draft = read_here(path.read_bytes(), path.name)
    found = Counter[str]()
    for block in draft.blocks:
        found += words_in(f"{block.label} {block.text}")
    lost = visible_words(path) - found
    assert not {word: number for word, number in lost.items() if word not in _LEFT_OUT}
    assert sum(lost.values()) < 30
    assert draft.blocks[0].kind == "title" and draft.blocks[0].text


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.name)
def test_of_printed_pages_only_running_heads_and_contents_go(path: Path) -> None:
    draft = read_here(path.read_bytes(), path.name)
    found = sum((words_in(f"{block.label} {block.text}") for block in draft.blocks), Counter[str]())
    said = [
        re.match(r"(\d+) words? of (?:running|the table)", str(f.message)) for f in draft.findings
    ]
    reported = sum(int(count[1]) for count in said if count)
    # A word that a hyphen divides may be written with it or without.
    assert sum((visible_words(path) - found).values()) <= reported + 15


@pytest.mark.parametrize("path", BOMBS, ids=lambda path: path.name)
def test_bomb_gives_a_draft_or_a_sentence(path: Path) -> None:
    began = time.monotonic()
    try:
        assert read(path.read_bytes(), path.name).blocks
    except ImportRefused as refusal:
        assert str(refusal).endswith(".") and len(str(refusal)) < 250
    assert time.monotonic() - began < 40


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)
def test_odd_file_gives_a_draft_or_a_sentence(path: Path) -> None:
    try:
        draft = read_here(path.read_bytes(), path.name)
    except ImportRefused as refusal:
        assert str(refusal).endswith(".") and len(str(refusal)) < 250
        return
    html = "".join(block.html.lower() for block in draft.blocks)
    assert "<script" not in html and 'href="javascript:' not in html
