"""`consult paragraphs FILE`: what an import would give."""

import json
from pathlib import Path
from typing import TextIO

from consult.importing import ImportRefused, own_turns, read
from consult.importing.turns import WAITING


def print_paragraphs(path: Path, out: TextIO, err: TextIO) -> int:
    """Print one JSON object a line for each block, and the report on err; the exit status.

    Positions count from 1, which is the title.
    """
    try:
        turns = own_turns(lambda: print(WAITING, file=err))
        draft = read(path.read_bytes(), path.name, turns)
    except OSError as error:
        err.write(f"{path} cannot be read: {error.strerror}.\n")
        return 1
    except ImportRefused as refusal:
        err.write(f"{refusal}\n")
        return 1
    for position, block in enumerate(draft.blocks, start=1):
        row = {
            "position": position,
            "kind": block.kind.value,
            "level": block.level,
            "label": block.label,
            "text": block.text,
            "html": block.html,
        }
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    for finding in draft.findings:
        err.write(f"{finding}\n")
    return 0
