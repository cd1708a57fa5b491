"""`consult reindex`: build the search index anew and swap it in."""

import argparse
import sys
import time

from consult.commands.opening import open_site, read_ini
from consult.commands.refusal import CommandRefused
from consult.search.engine import IndexLocked
from consult.search.index_updates import rebuild
from consult.search.indexing import how_many


def configure(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


class Progress:
    """Says on standard error how far it has come, once that takes more than a second."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.next = time.monotonic() + 1
        self.said = False

    def __call__(self, number: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.2
            self.say(number)

    def say(self, number: int) -> None:
        """Write over the line that was written before."""
        self.said = True
        print(f"\rIndexing {number:,} of {self.total:,} ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line, if there is one."""
        if self.said:
            print(file=sys.stderr)


def run(arguments: argparse.Namespace) -> int:
    """Index everything; people search the old index until the new one is there."""
    registry = open_site(read_ini(arguments)).registry
    with registry["sessions"]() as session:
        progress = Progress(how_many(session))
    try:
        count = rebuild(registry, progress)
    except IndexLocked:
        raise CommandRefused(
            "The search index is being written at the moment; try again in a minute."
        ) from None
    except OSError as error:
        raise CommandRefused(f"The search index cannot be written: {error}.") from None
    finally:
        progress.end()
    print(f"The search index has {count:,} entries")
    return 0
