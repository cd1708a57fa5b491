"""The child process: what the limits do, seen from outside."""

import io
import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consult.blocks.messages import Message
from consult.blocks.places import Place, Unit
from consult.importing import Finding, ImportRefused, Kind, limits, read
from consult.importing.command import print_paragraphs
from tests.importing.processes import child_of
from tests.importing.word_files import p, word_file

# A file that takes seconds to read.
LONG = word_file(
    "".join(p(f"{n}.1 The council shall plant trees in street {n}.") for n in range(6000))
)


def test_draft_comes_back_whole() -> None:
    draft = read("# Bäume\n\nText[^1].\n\n[^1]: Note\n".encode(), "x.md")
    assert [(b.kind, b.label, b.text) for b in draft.blocks] == [
        (Kind.TITLE, "", "Bäume"),
        (Kind.PARAGRAPH, "", "Text."),
        (Kind.NOTE, "1", "Note"),
    ]
    assert draft.format == "markdown" and draft.findings == ()


def test_small_file_is_quick() -> None:
    began = time.monotonic()
    read(b"# T\n\ntext\n", "x.md")
    assert time.monotonic() - began < 10


def test_findings_come_back() -> None:
    heading, picture, untitled = read(b"Text\n\n#### A\n\n##B\n\n![](x.png)\n", "x.md").findings
    assert heading.place == Place(Unit.LINE, 5)
    assert heading.message.plural and heading.message.number == 1
    assert str(heading) == "line 5: 1 line without a blank behind “#” was read as a heading."
    assert picture.place == Place(Unit.LINE, 7)
    assert str(picture) == "line 7: A picture without a description was left out."
    said = "No title was found in the text; “${title}” was made from the file's name."
    assert untitled == Finding(None, Message(said, {"title": "X"}))


def test_file_that_keeps_a_processor_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROCESSOR_SECONDS", 1)
    with pytest.raises(ImportRefused, match="took too long to read; divide it"):
        read(LONG, "x.docx")


def test_file_that_has_to_wait_for_a_processor_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROCESSOR_SECONDS", 4)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(read, LONG, "x.docx")
        child = child_of(os.getpid())
        os.kill(child, signal.SIGSTOP)
        time.sleep(limits.PROCESSOR_SECONDS + 1)
        assert not reading.done()
        os.kill(child, signal.SIGCONT)
        assert len(reading.result(60).blocks) > 10


def test_file_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)
    with pytest.raises(ImportRefused, match="took too long, because the machine is busy"):
        read(b"# T\n\ntext\n", "x.md")


def test_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(ImportRefused, match="larger than 20 MB"):
        read(b"x" * 20_000_001, "x.txt")


def test_archive_that_unpacks_to_a_gigabyte_is_refused() -> None:
    with pytest.raises(ImportRefused, match="unpacks to more"):
        read(word_file(p("x" * 100_000_000)), "x.docx")


def test_command_prints_one_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "trees.md"
    path.write_text("Text.\n\n1.1 More\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert print_paragraphs(path, out, err) == 0
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(row["position"], row["kind"], row["label"], row["text"]) for row in rows] == [
        (1, "title", "", "Trees"),
        (2, "paragraph", "", "Text."),
        (3, "paragraph", "1.1", "More"),
    ]
    assert set(rows[0]) == {"position", "kind", "level", "label", "text", "html"}
    assert err.getvalue().startswith("No title was found")


def test_command_says_what_was_wrong(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert print_paragraphs(tmp_path / "none.md", out, err) == 1
    (tmp_path / "empty.md").touch()
    assert print_paragraphs(tmp_path / "empty.md", out, err) == 1
    assert out.getvalue() == "" and len(err.getvalue().splitlines()) == 2
