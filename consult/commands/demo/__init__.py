"""`consult demo`: fill an empty database with a demo consultation, in development only."""

import argparse
from pathlib import Path

from sqlalchemy import select

from consult.accounts.models import Account
from consult.commands.demo.filling import PASSWORD, fill
from consult.commands.opening import open_site, read_ini
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Consultation
from consult.db import session_scope

CONTENT = Path(__file__).parent

PEOPLE = ("citizen", "official", "signatory", "moderator", "admin")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take whether a database that is in use is a mistake."""
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing where there is something already"
    )


def run(arguments: argparse.Namespace) -> int:
    """Fill the database of the ini file and say whom one can sign in as."""
    app = open_site(read_ini(arguments))
    settings = app.registry["settings"]
    if not settings.development:
        raise CommandRefused("The demo is for development; this site is set up for production.")
    with session_scope(app.registry["sessions"]) as session:
        used = session.scalar(select(Consultation.id).limit(1)) or session.scalar(
            select(Account.id).limit(1)
        )
        if used and not arguments.if_empty:
            raise CommandRefused(
                "The database is not empty; the demo goes only into an empty one. "
                "To begin afresh, stop the site and delete its data folder."
            )
        if not used:
            print("Filling the demo consultation ...", flush=True)
            fill(session, settings, CONTENT)
        demo = session.scalar(
            select(Account.id).where(Account.email == "citizen@example.org").limit(1)
        )
    if demo:
        names = ", ".join(f"{name}@example.org" for name in PEOPLE)
        print(f"Sign in as {names} with the password {PASSWORD}")
    return 0
