"""`consult import`: read a draft into a document."""

import argparse
import sys
from pathlib import Path

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.alignment import FateKind
from consult.blocks.blocks import Draft
from consult.commands.opening import open_site, read_ini
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Consultation
from consult.db import session_scope
from consult.drafts.models import Version
from consult.drafts.published import latest_version
from consult.fates.impact import stakes_of
from consult.gate.passing import Summary, Undecided, look_over, pass_gate
from consult.importing import ImportRefused, read, site_turns
from consult.importing.turns import WAITING
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from consult.notifications.version_promises import promise_letters
from consult.refusal import Refused


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the file and where it belongs."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--consultation", required=True, metavar="SLUG")
    parser.add_argument("--document", required=True, metavar="SLUG", help="made if it is new")
    parser.add_argument("--title", default="", help="in place of the draft's own")
    parser.add_argument("--publish", action="store_true", help="publish it at once")
    parser.add_argument(
        "--what-changed",
        default="",
        metavar="TEXT",
        help="what readers are told when it is published",
    )
    parser.add_argument(
        "--replace-working", action="store_true", help="in place of a version not yet published"
    )


def run(arguments: argparse.Namespace) -> int:
    """Import the file; the report goes to stderr."""
    app = open_site(read_ini(arguments))
    settings = app.registry["settings"]
    source, draft = _read(arguments.file, settings.data)
    with session_scope(app.registry["sessions"]) as session:
        try:
            version = import_draft(
                session,
                _consultation(session, arguments.consultation),
                arguments.document,
                draft,
                source=source,
                data=settings.data,
                title=arguments.title,
                source_name=arguments.file.name,
                replace_working=arguments.replace_working,
            )
            published = arguments.publish and _publish(app.registry, session, version, arguments)
            if published:
                promise_letters(session, version)
        except Refused as refusal:
            raise CommandRefused(str(refusal)) from None
        place = f"/consultations/{arguments.consultation}/{arguments.document}"
        where = place if published else f"/officials{place}/preview"
        said = f"version {version.number}, {len(draft.blocks)} paragraphs"
    for finding in draft.findings:
        print(finding, file=sys.stderr)
    if arguments.publish and not published:
        raise CommandRefused(
            f"It is imported ({said}) but not published: it is not certain what became of paragraphs"
            f" that people have commented on. Decide at {settings.public_url}/officials{place}/gate"
        )
    print(f"{settings.public_url}{where} ({said})")
    return 0


def _publish(
    registry: Registry, session: Session, version: Version, arguments: argparse.Namespace
) -> bool:
    """Publish what was imported; False where an official has to decide something first."""
    last = latest_version(session, version.document)
    if last is None:
        publish_version(session, version, what_changed=arguments.what_changed)
        return True
    stakes = stakes_of(registry, session, last)
    note = arguments.what_changed or _note(look_over(session, version, stakes))
    try:
        pass_gate(session, version, stakes, what_changed=note)
    except Undecided:
        return False
    return True


def _note(found: Summary) -> str:
    counted = ((found.counts.get(kind, 0), kind.value) for kind in FateKind)
    said = ", ".join(f"{n} {word}" for n, word in counted if n and word != FateKind.UNCHANGED)
    return f"Paragraphs: {said}." if said else ""


def _read(path: Path, data: Path) -> tuple[bytes, Draft]:
    try:
        source = path.read_bytes()
        turns = site_turns(data, lambda: print(WAITING, file=sys.stderr))
        return source, read(source, path.name, turns)
    except OSError as error:
        raise CommandRefused(f"{path} cannot be read: {error.strerror}.") from None
    except ImportRefused as refusal:
        raise CommandRefused(str(refusal)) from None


def _consultation(session: Session, slug: str) -> Consultation:
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        raise CommandRefused(
            f"There is no consultation {slug}; make it first: "
            f"consult -c INI consultation {slug} --title TITLE"
        )
    return found
