"""What operators type, as they type it."""

import io
import json
import sqlite3
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

from PIL import Image

from tests.commands.conftest import CONSULT, Site, make_site


def rows(site: Site, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(site.data / "consult.sqlite") as db:
        return db.execute(question).fetchall()


def test_a_draft_goes_from_file_to_readers(site: Site, draft: Path) -> None:
    site.call("consultation", "benches", "--title", "Benches", "--department", "Streets", "--open")
    done = site.call(
        "import", str(draft), "--consultation", "benches", "--document", "draft", "--publish"
    )
    assert done.stdout.startswith("http://localhost:6543/consultations/benches/draft")
    assert done.stderr == ""
    assert rows(site, "select label, text from wording where label like '1.%'") == [
        ("1.1", "People sit."),
        ("1.2", "They sit in the shade."),
    ]
    assert rows(site, "select phase from consultation") == [("open",)]


def test_a_consultation_is_announced_and_opens_by_itself(site: Site) -> None:
    trees = ["consultation", "trees", "--title", "Trees"]
    when = ["--opens", "2090-07-01T09:00", "--closes", "2090-09-01"]
    for _time in range(2):
        done = site.call(*trees, *when, "--announce")
        assert done.stdout == "http://localhost:6543/consultations/trees is scheduled\n"
    assert rows(site, "select phase, opens_at from consultation") == [
        ("scheduled", "2090-07-01 08:00:00.000000")
    ]
    parks = ["consultation", "parks", "--title", "Parks"]
    dateless, passed, both, early = site.refuses(
        [*parks, "--announce"],
        [*parks, "--opens", "2020-01-01", "--announce"],
        [*parks, *when, "--announce", "--open"],
        [*parks, "--opens", "2090-07-01", "--closes", "2090-06-01", "--announce"],
    )
    assert "--opens" in dateless
    assert "has passed" in passed
    assert "Give either --open" in both
    assert "close after it opens" in early
    assert rows(site, "select count(*) from consultation") == [(1,)]


def test_a_working_version_is_replaced_only_when_told(site: Site, draft: Path) -> None:
    into = ["--consultation", "benches", "--document", "draft"]
    site.prepare(["consultation", "benches", "--title", "Benches"], ["import", str(draft), *into])
    assert "working version" in site.refused("import", str(draft), *into)
    draft.write_text("# Benches\n\nOne paragraph.\n")
    site.call("import", str(draft), *into, "--replace-working")
    assert rows(site, "select count(*) from version") == [(1,)]
    assert rows(site, "select count(*) from wording") == [(2,)]


def test_an_account_is_made_once_and_given_roles(site: Site) -> None:
    ann = ["account", "a@example.org", "--name", "Ann"]
    site.prepare(
        ["consultation", "benches", "--title", "Benches", "--department", "Streets"],
        [*ann, "--role", "official", "--on", "benches"],
        [*ann, "--role", "official", "--on", "benches"],
    )
    site.call(*ann, "--role", "moderator")
    assert rows(site, "select email, display_name from account") == [("a@example.org", "Ann")]
    assert rows(site, 'select role, place from "grant" order by id') == [
        ("official", "consultation:1"),
        ("moderator", "site"),
    ]


def test_commands_say_no_in_one_sentence(site: Site, draft: Path, tmp_path: Path) -> None:
    assert "no consultation" in site.refused(
        "import", str(draft), "--consultation", "none", "--document", "draft"
    )
    site.call("consultation", "benches", "--title", "Benches")
    missing = tmp_path / "missing.md"
    nowhere, addressless, some_day, unread, filled, unmade = site.refuses(
        ["account", "a@example.org", "--name", "Ann", "--role", "official", "--on", "nowhere"],
        ["account", "not an address", "--name", "Ann"],
        ["consultation", "benches", "--title", "Benches", "--closes", "someday"],
        ["import", str(missing), "--consultation", "benches", "--document", "draft"],
        ["demo"],
        ["backup", str(draft / "backup")],
    )
    assert "no consultation and no department" in nowhere
    assert "address" in addressless
    assert "closing time" in some_day
    assert "cannot be read" in unread
    assert "not empty" in filled
    assert f"{draft}" in unmade


def test_settings_are_checked_before_anything_starts(tmp_path: Path) -> None:
    site = make_site(tmp_path / "new")
    assert "consult -c INI migrate" in site.refused("demo")
    site.ini.write_text(site.ini.read_text().replace("inside", "sideways"))
    assert "consult.worker is 'sideways', but it must be one of inside, apart" in site.refused(
        "migrate"
    )
    site.ini.write_text(site.ini.read_text().replace("consult.worker", "consult.wroker"))
    assert "consult.wroker is not a setting" in site.refused("migrate")
    assert "There is no settings file" in make_site(tmp_path / "x").refused(
        "-c", "no.ini", "migrate"
    )


def test_paragraphs_needs_no_site(draft: Path) -> None:
    done = subprocess.run(
        [CONSULT, "paragraphs", str(draft)], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["position"], row["kind"], row["label"]) for row in found] == [
        (1, "title", ""),
        (2, "heading", "1"),
        (3, "paragraph", "1.1"),
        (4, "paragraph", "1.2"),
    ]
    assert set(found[0]) == {"position", "kind", "level", "label", "text", "html"}
    assert done.stderr == ""


def illustrated(folder: Path) -> Path:
    """Return a draft with a picture."""
    stream = io.BytesIO()
    Image.new("RGB", (12, 12), "green").save(stream, "PNG")
    picture = b64encode(stream.getvalue()).decode()
    path = folder / "draft.html"
    path.write_text(
        "<h1>Benches</h1><p>People sit.</p>"
        f'<p><img alt="An oak" src="data:image/png;base64,{picture}"></p>'
    )
    return path


def published(draft: Path) -> list[list[str]]:
    """Return the commands that publish a draft."""
    return [
        ["consultation", "benches", "--title", "Benches", "--open"],
        ["import", str(draft), "--consultation", "benches", "--document", "d", "--publish"],
    ]


def kept(site: Site) -> dict[str, bytes]:
    """Return originals and pictures by their names."""
    files = [path for name in ("uploads", "images") for path in (site.data / name).rglob("*")]
    return {path.name: path.read_bytes() for path in files if path.is_file()}


def test_a_backup_is_restored_elsewhere_and_found_whole(site: Site, tmp_path: Path) -> None:
    draft = illustrated(tmp_path)
    site.prepare(*published(draft))
    assert draft.read_bytes() in kept(site).values() and len(kept(site)) == 2
    (site.data / "uploads" / "tmpx").write_bytes(b"a file that is being written")
    folder = tmp_path / "backup"
    site.call("backup", str(folder))
    assert "is not empty" in site.refused("backup", str(folder))
    other = make_site(tmp_path / "other")
    other.call("restore", str(folder))
    assert rows(other, "select slug from consultation") == [("benches",)]
    (site.data / "uploads" / "tmpx").unlink()
    assert kept(other) == kept(site)
    assert "--replace" in other.refused("restore", str(folder))
    other.call("reindex")
    assert "are whole" in other.call("verify").stdout
    next((folder / "uploads").rglob("*/*")).write_bytes(b"other bytes")
    assert "damaged" in other.refused("restore", str(folder), "--replace")


def test_verify_finds_what_was_changed_behind_its_back(site: Site, tmp_path: Path) -> None:
    draft = illustrated(tmp_path)
    site.prepare(*published(draft), ["reindex"])
    site.call("verify")
    with sqlite3.connect(site.data / "consult.sqlite") as db:
        db.execute("drop trigger log_entry_no_update")
        db.execute("update log_entry set act = 'nothing' where id = 1")
    original = next((site.data / "uploads").rglob("*/*"))
    picture = next((site.data / "images").iterdir())
    for path in (original, picture):
        path.write_bytes(b"other bytes")
    said = site.call("verify", status=1).stderr
    assert "The log does not follow from entry 1 on" in said
    assert f"The original of draft.html is not what was imported: {original}" in said
    assert f"A picture is not what was imported: {picture}" in said
    for path in (original, picture):
        path.unlink()
    said = site.call("verify", status=1).stderr
    assert f"The original of draft.html is gone: {original}" in said
    assert f"A picture that a draft shows is gone: {picture.name}" in said


def test_the_demo_goes_into_an_empty_database_once(site: Site) -> None:
    said = site.call("demo").stdout
    assert "citizen@example.org" in said
    assert "consult-demo" in said
    before = rows(site, "select count(*) from comment")
    site.call("demo", "--if-empty")
    assert rows(site, "select count(*) from comment") == before
    assert "not empty" in site.refused("demo")
    assert rows(site, "select count(*) from wording where kind = 'paragraph'")[0][0] >= 60
