"""`consult align OLD NEW`: show what became of each paragraph."""

import argparse
import json
import sys
from pathlib import Path

from consult.alignment import align
from consult.commands.refusal import CommandRefused
from consult.importing import Block, ImportRefused, own_turns, read
from consult.importing.turns import WAITING


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the two files."""
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object a line for each old and new paragraph that belong together.

    Positions count from 1, which is the title, as those of `consult paragraphs` do.
    """
    for fate in align(_blocks(arguments.old), _blocks(arguments.new)):
        row = {
            "old": None if fate.old is None else fate.old + 1,
            "new": None if fate.new is None else fate.new + 1,
            "kind": fate.kind.value,
            "likeness": round(fate.likeness, 4),
        }
        print(json.dumps(row))
    return 0


def _blocks(path: Path) -> tuple[Block, ...]:
    try:
        turns = own_turns(lambda: print(WAITING, file=sys.stderr))
        return read(path.read_bytes(), path.name, turns).blocks
    except OSError as error:
        raise CommandRefused(f"{path} cannot be read: {error.strerror}.") from error
    except ImportRefused as refusal:
        raise CommandRefused(f"{path}: {refusal}") from refusal
