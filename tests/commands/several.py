"""Runs commands one after another in this process, each as if it began in a process of its own.

From standard input: a list of commands, each a list of words, as JSON. To standard output: for each
the status with which it ended, and what it wrote to standard output and standard error.
"""

import io
import json
import logging
import os
import sys
from contextlib import redirect_stderr, redirect_stdout

from consult.commands import main


def run(commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """Run the commands, whatever becomes of those before; return how each ended."""
    given = os.umask(0)
    ended = []
    for words in commands:
        os.umask(given)
        # The handler of the command before writes to what was standard error then.
        logging.getLogger().handlers.clear()
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            status = main(words)
        ended.append((status, out.getvalue(), err.getvalue()))
    return ended


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
