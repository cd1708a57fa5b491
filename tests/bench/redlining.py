"""The redline of 2,500 paragraphs with 10,000 comments: made for the first time, and kept."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlalchemy import Connection, insert, select, update

from consult import clock
from consult.alignment.fates import FateKind
from consult.drafts.models import Fate, Version, VersionState, Wording
from tests.bench.sites import fill, site
from tests.bench.timing import Getter
from tests.bench.vocabulary import WORDS

PATH = "/consultations/bench/draft/redline"
PARAGRAPHS = 2_500


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    for share, said in ((4, "a quarter of them edited"), (1, "all of them edited")):
        data = folder / f"redlining-{share}"
        engine = fill(data, paragraphs=PARAGRAPHS, comments=10_000)
        with engine.begin() as db:
            revise(db, share)
        engine.dispose()
        with site(data) as (port, _pid):
            # The first page of all pays for what every process loads once.
            Getter(port, "/", 1).get()
            ours = Getter(port, PATH, 1)
            start = time.perf_counter()
            body = ours.get()
            first = time.perf_counter() - start
            kept = min(ours() for _time in range(20))
        yield (
            f"redline of {PARAGRAPHS:,} paragraphs, {said}, 10,000 comments: {first * 1000:.0f} ms "
            f"the first time, {kept * 1000:.1f} ms kept ({len(body):,} bytes)"
        )


def revise(db: Connection, share: int) -> None:
    """Publish a second version in which every `share`th paragraph has 12% of its words changed."""
    random = Random(11)
    now = clock.now()
    version = {"id": 2, "document_id": 1, "number": 2, "created_at": now}
    db.execute(insert(Version).values(state=VersionState.WORKING, findings=[], **version))
    rows = []
    fates = []
    columns = ("paragraph_id", "position", "kind", "level", "label", "text", "digest")
    for row in db.execute(select(*(getattr(Wording, name) for name in columns))).all():
        wording = dict(zip(columns, row, strict=True))
        edited = wording["position"] % share == 0
        if edited:
            wording["text"] = _edited(wording["text"], random)
            wording["digest"] += "b"
        rows.append(wording | {"version_id": 2, "html": wording["text"]})
        kind = FateKind.EDITED if edited else FateKind.UNCHANGED
        here = wording["paragraph_id"]
        fates.append(
            {
                "version_id": 2,
                "old_id": here,
                "new_id": here,
                "kind": kind,
                "likeness": 0.88 if edited else 1.0,
            }
        )
    db.execute(insert(Wording), rows)
    db.execute(insert(Fate), [fate | {"doubtful": False} for fate in fates])
    publish = update(Version).where(Version.id == 2)
    db.execute(publish.values(state=VersionState.PUBLISHED, published_at=now))


def _edited(text: str, random: Random) -> str:
    words = text.split()
    return " ".join(random.choice(WORDS) if random.random() < 0.12 else word for word in words)
