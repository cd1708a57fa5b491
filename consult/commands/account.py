"""`consult account`: make or change an account, and give it a role."""

import argparse

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import SITE, Department, Role
from consult.accounts.people import create_account, grant
from consult.commands.opening import site_session
from consult.commands.refusal import CommandRefused
from consult.consultations.models import Consultation
from consult.refusal import Refused


def configure(parser: argparse.ArgumentParser) -> None:
    """Take who it is and what the person may do."""
    parser.add_argument("email")
    parser.add_argument("--name", required=True, help="the name that others see")
    parser.add_argument("--role", choices=[role.value for role in Role])
    parser.add_argument(
        "--on", metavar="SLUG", help="a department or consultation; the whole site if left out"
    )
    parser.add_argument("--password", help="to sign in with; without it, one is set by a letter")


def run(arguments: argparse.Namespace) -> int:
    """Make the account of the address, or change it; the same call twice does nothing more."""
    if arguments.on and not arguments.role:
        raise CommandRefused("--on says where a role holds; name the role with --role.")
    with site_session(arguments) as session:
        try:
            account = create_account(session, arguments.email, arguments.name, arguments.password)
            if arguments.role:
                place, department = _place(session, arguments.on)
                grant(session, account, Role(arguments.role), place, department)
        except Refused as refusal:
            raise CommandRefused(str(refusal)) from None
    print(f"{arguments.email} is there" + (f" as {arguments.role}" if arguments.role else ""))
    return 0


def _place(session: Session, slug: str | None) -> tuple[str, Department | None]:
    if not slug:
        return SITE, None
    consultation = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if consultation is not None:
        return f"consultation:{consultation.id}", consultation.department
    department = session.scalar(select(Department).where(Department.slug == slug))
    if department is None:
        raise CommandRefused(
            f"There is no consultation and no department called {slug}; "
            "make it first, for example with: consult -c INI consultation"
        )
    return f"department:{department.id}", department
