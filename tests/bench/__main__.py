"""Measures everything, or what is named: ``make bench ARGS="reading posting"``."""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

PARTS = (
    "reading",
    "importing",
    "aligning",
    "mending",
    "gating",
    "redlining",
    "posting",
    "searching",
)


def main(wanted: list[str]) -> int:
    """Print the figures of each part."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"There is no figure {unknown[0]}; there are: {', '.join(PARTS)}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted or PARTS:
            for line in import_module(f"tests.bench.{name}").measure(Path(folder)):
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
