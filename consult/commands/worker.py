"""`consult worker`: keep the site's promises until stopped."""

import argparse
import signal

from consult.commands.opening import open_site, read_ini
from consult.outbox import Worker, run_due


def configure(parser: argparse.ArgumentParser) -> None:
    """Take whether to stop when nothing is left to do."""
    parser.add_argument("--once", action="store_true", help="do what is due, then end")


def run(arguments: argparse.Namespace) -> int:
    """Work; SIGTERM and SIGINT end it after the job in hand."""
    app = open_site(read_ini(arguments))
    if arguments.once:
        run_due(app.registry)
        return 0
    worker = Worker(app.registry)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    worker.run()
    return 0
