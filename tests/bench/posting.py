"""Posting a comment, against a bare view that inserts one row with synchronous=FULL."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.sites import bare, fill, site
from tests.bench.timing import compare

PATH = "/consultations/bench/draft/p/k0005"
PEOPLE = 200  # each may post 20 a minute
BATCH = 30
TEXT = (
    "The **kerb** should stay at six centimetres: a long cane finds nothing lower, and guide dogs "
    "are trained to stop at it. See [the study](https://example.org/study) of 2024, which asked "
    "forty people in three towns. Paint and textured paving are no substitute, because sand covers "
    "both by June. Could the Department say whether the crossings can be three metres wide?"
)


class Poster:
    """Posts comments, as one person after another, on one connection."""

    def __init__(self, port: int, path: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.path = path
        self.numbers = count()

    def post(self) -> None:
        """Post one comment that has never been posted before."""
        number = next(self.numbers)
        fields = {"csrf_token": "t", "text": f"{TEXT} {number}", "idempotency_key": f"k{number}"}
        cookies = f"session=secret-{number % PEOPLE + 1}; csrf=t"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        self.connection.request("POST", self.path, urlencode(fields), headers)
        response = self.connection.getresponse()
        response.read()
        if response.status != 303:
            raise RuntimeError(f"{self.path} answered {response.status}")

    def __call__(self) -> float:
        start = time.perf_counter()
        for _time in range(BATCH):
            self.post()
        return (time.perf_counter() - start) / BATCH


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    data = folder / "posting"
    fill(data, paragraphs=60, comments=2000, people=PEOPLE).dispose()
    with site(data) as (port, pid), bare("insert", str(data / "bare.db"), folder=data) as other:
        ours = Poster(port, PATH)
        found = compare(ours, Poster(other, "/"))
        yield (
            f"posting a comment: {found.ratio:.2f} of the speed of a bare view that inserts one row "
            f"({found.ours * 1000:.2f} ms, bare {found.theirs * 1000:.2f} ms)"
        )
        yield f"    {_syncs(pid, ours.post)}"


def _syncs(pid: int, post: Callable[[], None]) -> str:
    """Count how often the server waits for the disk while it takes comments."""
    tracer = shutil.which("strace")
    if tracer is None:
        return "syncs for each comment: not counted, because strace is not installed"
    command = [tracer, "-f", "-c", "-e", "trace=fsync,fdatasync", "-p", str(pid)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    times = 50
    for _time in range(times):
        post()
    process.send_signal(2)
    _out, said = process.communicate(timeout=10)
    # A row of the summary: share of the time, seconds, microseconds a call, calls, name.
    rows = [line.split() for line in said.splitlines()]
    calls = sum(int(row[3]) for row in rows if row and row[-1] in ("fsync", "fdatasync"))
    return f"syncs for each acknowledged comment: {calls / times:.2f}"
