"""The `consult` command."""

import argparse
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

# Each is a module of this package with `configure(parser)` and `run(arguments) -> int`.
COMMANDS = {
    "init": "write the two files of settings, to begin with, into a folder",
    "serve": "serve the site",
    "migrate": "bring the database to the newest shape",
    "demo": "fill an empty database with a demo consultation",
    "worker": "send letters and keep the search index until stopped",
    "reindex": "build the search index anew and swap it in",
    "backup": "copy database and files to a folder, while the site runs",
    "restore": "put a backup in place",
    "verify": "check the log's chain, the files' digests and the search index",
    "account": "make or change an account, and give it a role",
    "consultation": "make or change a consultation",
    "import": "read a draft into a document",
    "paragraphs": "show what an import of a file would give",
    "align": "show what became of each paragraph from one file of a draft to the next",
}
MODULES = {"import": "importing"}
WITHOUT_SITE = ("init", "paragraphs", "align")


class Version(argparse.Action):
    """Prints the version that is installed, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        """Look it up only now, so that every other command starts as quickly as before."""
        from importlib.metadata import version

        print(f"consult {version('consult')}")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    # Whatever a command writes is for its owner alone.
    os.umask(0o077)
    # Of libraries that we cannot mend, and of no use to an operator.
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser(given)
    parsed = parser.parse_args(given)
    if not parsed.ini and parsed.command not in WITHOUT_SITE:
        parser.error("say which settings to use, for example: consult -c development.ini migrate")
    return _run(parsed)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="consult", description="Runs a Consult site.")
    parser.add_argument("-c", dest="ini", metavar="INI", help="the ini file with the settings")
    parser.add_argument(
        "--version", action=Version, nargs=0, help="show which version is installed and end"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        # Only the command that is called is imported, so that a short one starts quickly.
        if name in given:
            import_module(f"consult.commands.{MODULES.get(name, name)}").configure(command)
    return parser


def _run(parsed: argparse.Namespace) -> int:
    from consult.commands.refusal import CommandRefused, sentence_about

    module = import_module(f"consult.commands.{MODULES.get(parsed.command, parsed.command)}")
    try:
        status: int = module.run(parsed)
    except CommandRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        return 1
    except Exception as error:
        sentence = sentence_about(error)
        if not sentence:
            raise
        print(sentence, file=sys.stderr)
        return 1
    return status
