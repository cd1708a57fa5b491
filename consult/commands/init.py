"""`consult init`: write the two ini files for those who have no checkout."""

import argparse
import shlex
from pathlib import Path

from consult.commands.refusal import CommandRefused
from consult.shipped import shipped

FILES = ("development.ini", "production.ini")

NEXT = """\
{folder} now has development.ini, to try Consult on this machine, and production.ini, which explains
every setting. To try it:

    cd {quoted}
    consult -c development.ini migrate
    consult -c development.ini demo
    consult -c development.ini serve"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="where to put them; it is made if need be"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files and say what to do next; neither of them may be there."""
    folder: Path = arguments.folder
    for name in FILES:
        if (folder / name).exists():
            raise CommandRefused(f"{folder / name} is there already; nothing was written.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            # Somebody who comes at the same moment is not overwritten either.
            with (folder / name).open("xb") as file:
                file.write(shipped(name).read_bytes())
    except OSError as error:
        raise CommandRefused(f"{folder} cannot be written to: {error.strerror}.") from None
    print(NEXT.format(folder=folder, quoted=shlex.quote(str(folder))))
    return 0
