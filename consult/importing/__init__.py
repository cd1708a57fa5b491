"""Files in, drafts out: a file of a draft policy becomes blocks and a report.

Pure: no database, no settings. Each format has a reader that turns the file into pieces
(`pieces`), and one assembler makes blocks of them (`assembling`), so that numbers, notes, titles
and limits are treated alike whatever the file was. All of that runs in a child process.
"""

from consult.blocks.blocks import Block, Draft, Finding, ImportRefused, Kind
from consult.importing.turns import Busy, Turns, own_turns, site_turns

__all__ = [
    "Block",
    "Busy",
    "Draft",
    "Finding",
    "ImportRefused",
    "Kind",
    "Turns",
    "own_turns",
    "read",
    "site_turns",
]


def read(data: bytes, filename: str = "", turns: Turns | None = None) -> Draft:
    """Read a file into a draft.

    The format is found from the content; the name only breaks ties and lends a title where the
    file has none. turns: whose turn it is to be read; by default a command's, which waits for one.
    Takes at most `limits.PROCESSOR_SECONDS` of a processor. Raises ImportRefused, also as Busy.
    """
    # Models import this package for its types alone and should not pay for the machinery.
    from consult.importing.sandbox import read_in_child

    return read_in_child(data, filename, turns or own_turns(lambda: None))
