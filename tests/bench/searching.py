"""The search page over 20,000 comments, against the engine alone behind a bare view."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.sites import bare, fill, site
from tests.bench.timing import Getter, compare
from tests.bench.vocabulary import WORDS
from tests.search.test_engine_hostile import KILLERS

COMMENTS = 20_000
TYPED = ("harbour", "bus lane", '"bus lane"', "3.12")
WORST = [
    *KILLERS,
    " or ".join(WORDS[:12]),
    " ".join(f"{word[:3]}*" for word in WORDS[:12]),
    " or ".join(f'"{one} {other}"' for one, other in zip(WORDS[:6], WORDS[6:12], strict=True)),
    '"the of and to in a is that for it with as"',
    " ".join(f"-{word}" for word in WORDS[:12]),
]


def path(q: str) -> str:
    """Return the address of a search for what the server lets anybody type."""
    typed = q.encode("utf-8", "replace").decode().replace("\x00", "")[:30_000]
    return "/search?" + urlencode({"q": typed})


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    data = folder / "searching"
    fill(data, paragraphs=1000, comments=COMMENTS).dispose()
    with site(data) as (port, _pid):
        before = time.perf_counter()
        command = [str(Path(sys.executable).parent / "consult"), "-c", str(data / "site.ini")]
        subprocess.run([*command, "reindex"], check=True, capture_output=True)
        yield f"indexing 1,000 paragraphs and {COMMENTS:,} comments: {time.perf_counter() - before:.1f} s"
        with bare("search", str(data / "index"), folder=data) as bare_port:
            for q in TYPED:
                times = 5
                found = compare(
                    Getter(port, path(q), times), Getter(bare_port, path(q), times), rounds=5
                )
                yield (
                    f"search page, {COMMENTS:,} comments, {q}: {found.ratio:.2f} of the speed of the "
                    f"engine alone ({found.ours * 1000:.1f} ms, engine {found.theirs * 1000:.1f} ms)"
                )
        slowest, typed = max((Getter(port, path(q), 1)(), q) for q in WORST)
        yield f"    the slowest of {len(WORST)} searches made to be slow: {slowest:.2f} s ({typed[:40]!r})"
