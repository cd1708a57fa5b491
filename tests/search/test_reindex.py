"""`consult reindex` on a site of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import sessionmaker

from consult.commands import main
from consult.commands.migrate import migrate
from consult.commands.reindex import Progress
from consult.db import make_engine
from consult.search import engine as engine_module
from consult.search.engine import Engine
from consult.search.query import parse
from tests.factories import Factory

INI = "[app:main]\nuse = egg:consult\nconsult.data = {folder}\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Give the ini file of a site on SQLite, with three things to find."""
    ini = tmp_path / "site.ini"
    ini.write_text(INI.format(folder=tmp_path))
    database = make_engine(f"sqlite:///{tmp_path}/consult.sqlite")
    migrate(database)
    with sessionmaker(database)() as db:
        Factory(db).document(["Birds", "A heron.", "A stork."])
        db.commit()
    yield str(ini)
    database.dispose()


def test_builds_what_is_missing_and_what_is_there(
    site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _time in range(2):
        assert main(["-c", site, "reindex"]) == 0
        assert capsys.readouterr() == ("The search index has 3 entries\n", "")
    assert Engine(tmp_path / "index").search(parse("heron or stork")).total == 2


def test_says_when_somebody_else_writes(
    site: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE", 0)

    def meanwhile() -> Iterator[None]:
        assert main(["-c", site, "reindex"]) == 1
        yield from ()

    Engine(tmp_path / "index").rebuild(meanwhile(), "")  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert said == "The search index is being written at the moment; try again in a minute.\n"


def test_progress_is_told_only_when_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(20_000)
    progress(1)
    progress.end()
    assert capsys.readouterr().err == ""
    progress.next = 0
    progress(12_000)
    progress(12_001)
    progress.end()
    assert capsys.readouterr().err == "\rIndexing 12,000 of 20,000 \n"
