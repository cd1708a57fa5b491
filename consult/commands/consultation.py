"""`consult consultation`: make or change a consultation."""

import argparse

from consult.commands.opening import open_site, read_ini
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Moderation
from consult.consultations.upsert import put_consultation
from consult.db import session_scope
from consult.refusal import Refused


def configure(parser: argparse.ArgumentParser) -> None:
    """Take what is said about it."""
    parser.add_argument("slug")
    parser.add_argument("--title", required=True)
    parser.add_argument("--department", default="", help="its name or slug; made if it is new")
    parser.add_argument(
        "--closes", default="", metavar="ISO", help="2026-12-11 or 2026-12-11T17:00"
    )
    parser.add_argument("--moderation", default="", choices=[m.value for m in Moderation])
    parser.add_argument("--open", action="store_true", help="open it now")
    parser.add_argument(
        "--opens", default="", metavar="ISO", help="when it opens: 2026-12-11 or 2026-12-11T09:00"
    )
    parser.add_argument(
        "--announce", action="store_true", help="show that it is coming; it opens by itself"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the consultation at the slug, or bring it up to date."""
    app = open_site(read_ini(arguments))
    settings = app.registry["settings"]
    with session_scope(app.registry["sessions"]) as session:
        try:
            consultation = put_consultation(
                session,
                arguments.slug,
                title=arguments.title,
                department=arguments.department,
                opens=arguments.opens,
                closes=arguments.closes,
                moderation=arguments.moderation,
                opened=arguments.open,
                announced=arguments.announce,
                time_zone=settings.time_zone,
                site_name=settings.site_name,
            )
        except Refused as refusal:
            raise CommandRefused(str(refusal)) from None
        print(f"{settings.public_url}/consultations/{arguments.slug} is {consultation.phase}")
    return 0
