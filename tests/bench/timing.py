"""Measuring two servers in turn, so that a machine that changes its speed changes both figures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Compared:
    """Seconds for each request, and the median over the rounds of theirs divided by ours."""

    ours: float
    theirs: float
    ratio: float


def compare(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int = ROUNDS
) -> Compared:
    """Time both in turn; each callable returns the seconds that one of its requests took."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _round in range(rounds)]
    return Compared(
        median(a for a, _ in pairs), median(b for _, b in pairs), median(b / a for a, b in pairs)
    )


class Getter:
    """Asks a server for one page, again and again, on one connection."""

    def __init__(self, port: int, path: str, times: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.path = path
        self.times = times

    def get(self) -> bytes:
        """Return the page."""
        self.connection.request("GET", self.path)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{self.path} answered {response.status}")
        return body

    def __call__(self) -> float:
        start = time.perf_counter()
        for _time in range(self.times):
            self.get()
        return (time.perf_counter() - start) / self.times
