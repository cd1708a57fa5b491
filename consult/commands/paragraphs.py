"""`consult paragraphs FILE`: show what an import would give."""

import argparse
import sys
from pathlib import Path

from consult.importing.command import print_paragraphs


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object a line; the report goes to stderr."""
    return print_paragraphs(arguments.file, sys.stdout, sys.stderr)
