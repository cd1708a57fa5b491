"""The reading page of 1,000 paragraphs, with 10,000 comments and with none."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from consult.drafts.models import Wording
from tests.bench.sites import bare, fill, site
from tests.bench.timing import Getter, compare

PATH = "/consultations/bench/draft"


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    for comments in (10_000, 0):
        data = folder / f"reading-{comments}"
        engine = fill(data, paragraphs=1000, comments=comments)
        with engine.connect() as db:
            text = sum(len(html.encode()) for html in db.scalars(select(Wording.html)))
        engine.dispose()
        with site(data) as (port, _pid):
            ours = Getter(port, PATH, 40)
            body = ours.get()
            (data / "page.html").write_bytes(body)
            with bare("page", str(data / "page.html"), folder=data) as bare_port:
                found = compare(ours, Getter(bare_port, PATH, 40))
        yield (
            f"reading page, 1,000 paragraphs, {comments:,} comments: {found.ratio:.2f} of the speed of "
            f"a bare view with the same bytes ({found.ours * 1000:.2f} ms, bare {found.theirs * 1000:.2f} ms)"
        )
        yield f"    page weight: {len(body) / text:.2f} times the text's own HTML ({len(body):,} bytes)"
