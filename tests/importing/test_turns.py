"""How many files are read at a time, with real processes."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.importing import Busy, Turns, limits, read
from consult.importing.command import print_paragraphs
from tests.importing.processes import child_of, children_of
from tests.importing.test_child import LONG

READER = """
import sys
from pathlib import Path
from consult.importing import Turns, read
read(Path(sys.argv[1]).read_bytes(), "long.docx", Turns(Path(sys.argv[2])))
"""
# Where commands have their turns.
FOLDER = f"consult-reading-{os.getuid()}"


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """As many processes as may, each with a file that is being read for it and gets no further."""
    (tmp_path / "long.docx").write_bytes(LONG)
    command = [sys.executable, "-c", READER, str(tmp_path / "long.docx"), str(tmp_path / FOLDER)]
    started = [subprocess.Popen(command) for _number in range(limits.READERS)]
    try:
        for process in started:
            os.kill(child_of(process.pid), signal.SIGSTOP)
        yield started
    finally:
        for process in started:
            for child in children_of(process.pid):
                os.kill(child, signal.SIGKILL)
            process.kill()
            process.wait()


def test_one_file_more_is_told_to_come_again(
    tmp_path: Path, readers: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(Busy, match="try again in a moment"):
        read(b"# T\n\ntext\n", "x.md", Turns(tmp_path / FOLDER))
    # Those of another site have turns of their own.
    assert read(b"# T\n\ntext\n", "x.md", Turns(tmp_path / "other")).blocks


def test_process_that_is_killed_leaves_no_turn_taken_and_nothing_behind(
    tmp_path: Path, readers: list[subprocess.Popen[bytes]]
) -> None:
    child = child_of(readers[0].pid)
    readers[0].kill()
    readers[0].wait()
    assert read(b"# T\n\ntext\n", "x.md", Turns(tmp_path / FOLDER)).blocks
    for _attempt in range(100):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_child_that_is_killed_leaves_no_turn_taken(
    tmp_path: Path, readers: list[subprocess.Popen[bytes]]
) -> None:
    os.kill(child_of(readers[0].pid), signal.SIGKILL)
    readers[0].wait(20)
    assert read(b"# T\n\ntext\n", "x.md", Turns(tmp_path / FOLDER)).blocks


def test_file_that_is_refused_leaves_no_turn_taken(tmp_path: Path) -> None:
    for _number in range(limits.READERS + 1):
        with pytest.raises(Exception, match="damaged"):
            read(b"PK\x03\x04 no archive", "x.docx", Turns(tmp_path / FOLDER))


def test_command_says_that_it_waits_and_goes_on(
    tmp_path: Path, readers: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "x.md").write_text("# T\n\ntext\n")
    children = [child_of(process.pid) for process in readers]

    class Err(io.StringIO):
        def write(self, said: str) -> int:
            for child in children:
                os.kill(child, signal.SIGCONT)
            return super().write(said)

    out, err = io.StringIO(), Err()
    assert print_paragraphs(tmp_path / "x.md", out, err) == 0
    assert err.getvalue() == "Other files are being read just now; waiting for them.\n"
    assert len(out.getvalue().splitlines()) == 2
    assert readers[0].wait(60) == readers[1].wait(60) == 0
