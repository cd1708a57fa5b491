"""`consult import --publish` of a later version."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from consult.db import make_engine, session_scope
from consult.drafts.models import Document, Version
from tests.commands.conftest import Site, make_site
from tests.factories import Factory
from tests.gate.texts import Author

AUTHOR = Author(13)
A, B = AUTHOR.paragraph(), AUTHOR.paragraph()
B_ANEW = AUTHOR.changed(B, 0.6)
INTO = ("--consultation", "benches", "--document", "draft", "--publish")


def begun(folder: Path, comment_on: int) -> tuple[Site, Path]:
    """Make a site with a published draft, and a comment on the paragraph at a position."""
    site = make_site(folder)
    draft = folder / "draft.md"
    draft.write_text(f"# Benches\n\n{A}\n\n{B}\n")
    site.prepare(
        ["migrate"],
        ["consultation", "benches", "--title", "Benches", "--department", "Streets", "--open"],
        ["import", str(draft), *INTO],
    )
    engine = make_engine(f"sqlite:///{site.data / 'consult.sqlite'}")
    with session_scope(sessionmaker(engine)) as session:
        make = Factory(session)
        document = session.scalars(select(Document)).one()
        make.comment(make.paragraph(document, comment_on))
    engine.dispose()
    draft.write_text(f"# Benches\n\n{A} More.\n\n{B_ANEW}\n")
    return site, draft


def versions(site: Site) -> list[tuple[int, str, str]]:
    engine = make_engine(f"sqlite:///{site.data / 'consult.sqlite'}")
    with session_scope(sessionmaker(engine)) as session:
        rows = session.scalars(select(Version).order_by(Version.number))
        found = [(row.number, row.state.value, row.what_changed) for row in rows]
    engine.dispose()
    return found


def test_what_is_in_doubt_and_spoken_of_waits_for_an_official(tmp_path: Path) -> None:
    site, draft = begun(tmp_path / "site", comment_on=3)
    said = site.refused("import", str(draft), *INTO)
    assert "officials/consultations/benches/draft/gate" in said
    assert versions(site) == [(1, "published", ""), (2, "working", "")], "it is there to decide on"


def test_what_nobody_spoke_of_is_published_with_a_note(tmp_path: Path) -> None:
    site, draft = begun(tmp_path / "site", comment_on=2)
    done = site.call("import", str(draft), *INTO)
    assert "/consultations/benches/draft (version 2" in done.stdout
    assert versions(site)[1] == (2, "published", "Paragraphs: 2 edited.")
    draft.write_text(f"# Benches\n\n{A}\n")
    site.call("import", str(draft), *INTO, "--what-changed", "Shorter.")
    assert versions(site)[2] == (3, "published", "Shorter.")
