"""`consult align`."""

import json
from pathlib import Path

import pytest

from consult.commands import main

OLD = """# A plan

Trees are planted along every street that is wider than twelve metres.

Buses run every ten minutes from six in the morning until midnight.
"""


def test_each_row_is_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD)
    new.write_text(
        OLD.replace("ten minutes", "seven minutes").replace("# A plan", "# A plan\n\nNew.")
    )
    assert main(["align", str(old), str(new)]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"old": 1, "new": 1, "kind": "unchanged", "likeness": 1.0},
        {"old": None, "new": 2, "kind": "new", "likeness": 0.0},
        {"old": 2, "new": 3, "kind": "unchanged", "likeness": 1.0},
        {"old": 3, "new": 4, "kind": "edited", "likeness": 0.9167},
    ]


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, empty = tmp_path / "old.md", tmp_path / "empty.md"
    old.write_text(OLD)
    empty.write_text("")
    for other in (empty, tmp_path / "none.md"):
        assert main(["align", str(old), str(other)]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert str(other) in said.err
        assert said.err.endswith(".\n") and said.err.count("\n") == 1
