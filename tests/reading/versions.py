"""Publishes further versions of a document with fates as a test states them."""

from collections import Counter
from html import escape

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.drafts.models import Document, Fate, Paragraph, Version, VersionState, Wording
from consult.drafts.published import latest_version, wordings


def revise(
    db: Session,
    document: Document,
    rows: list[tuple[str, str]],
    *,
    moved: str = "",
    note: str = "",
    publish: bool = True,
) -> Version:
    """Add a version that says `rows`: where each comes from, and its text, the title first.

    From "k2" it is that paragraph; from "k2+k3" both were merged into the first; from "k2/" it was
    split off; from "" it is new. What no row comes from was removed. `moved`: keys, in one string.
    """
    last = latest_version(db, document)
    assert last is not None
    before = {w.paragraph.key: w for w in wordings(db, last)}
    now = clock.now()
    version = Version(
        document=document,
        number=last.number + 1,
        state=VersionState.WORKING,
        created_at=now,
        language="en",
        what_changed=note,
        findings=[],
    )
    db.add(version)
    db.flush()
    origins = [came.rstrip("/").split("+") if came else [] for came, _text in rows]
    parts = Counter(key for keys in origins for key in keys)
    for position, ((came, text), keys) in enumerate(zip(rows, origins, strict=True), 1):
        whole = bool(came) and not came.endswith("/")
        paragraph = before[keys[0]].paragraph if whole else None
        if paragraph is None:
            paragraph = Paragraph(document=document, key=f"v{version.number}p{position}")
            db.add(paragraph)
            db.flush()
        db.add(
            Wording(
                version=version,
                paragraph=paragraph,
                position=position,
                kind=Kind.TITLE if position == 1 else Kind.PARAGRAPH,
                level=0,
                label="" if position == 1 else f"1.{position - 1}",
                html=escape(text, quote=False),
                text=text,
                digest=text,
            )
        )
        for key in keys or [""]:
            old = before[key] if key else None
            likeness = 0.0 if old is None else 1.0 if old.text == text else 0.8
            kind = FateKind.UNCHANGED if likeness == 1 else FateKind.EDITED
            if old is None:
                kind = FateKind.NEW
            elif len(keys) > 1:
                kind, likeness = FateKind.MERGED, 0.9
            elif parts[key] > 1:
                kind, likeness = FateKind.SPLIT, 0.9
            elif key in moved.split():
                kind = FateKind.MOVED
            _fate(db, version, old.paragraph if old else None, paragraph, kind, likeness)
    for key, wording in before.items():
        if key not in parts:
            _fate(db, version, wording.paragraph, None, FateKind.REMOVED, 0.0)
    if publish:
        version.state, version.published_at = VersionState.PUBLISHED, now
    db.flush()
    return version


def _fate(
    db: Session,
    version: Version,
    old: Paragraph | None,
    new: Paragraph | None,
    kind: FateKind,
    likeness: float,
) -> None:
    db.add(Fate(version=version, old=old, new=new, kind=kind, likeness=likeness))
    db.flush()


def paragraph(db: Session, document: Document, key: str) -> Paragraph:
    """Find a paragraph by its key."""
    return db.scalars(
        select(Paragraph).where(Paragraph.document_id == document.id, Paragraph.key == key)
    ).one()
