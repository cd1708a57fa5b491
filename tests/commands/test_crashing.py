"""What a worker that was killed had in hand, another one does soon, and nobody does it twice."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from consult.notifications.kinds import LetterKind
from consult.notifications.promising import promise_letter
from tests.commands.conftest import Site, make_site, running
from tests.factories import Factory
from tests.notifications.mail_server import MailServer


def promised(own_database: str) -> None:
    """Promise one letter."""
    engine = create_engine(own_database.replace("postgresql:", "postgresql+psycopg:"))
    with Session(engine) as db:
        account = Factory(db).account(display_name="Ada")
        promise_letter(db, LetterKind.PASSWORD_CHANGED, account)
        db.commit()
    engine.dispose()


def within(seconds: float, question: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_a_letter_outlives_the_worker_that_was_writing_it(
    anywhere: Site, own_database: str, tmp_path: Path
) -> None:
    with MailServer() as office:
        site = make_site(
            tmp_path / "site", database=own_database, letters="smtp", smtp_port=str(office.port)
        )
        office.awake.clear()
        promised(own_database)
        with running(site, "worker") as first:
            assert within(60, lambda: office.callers == 1)
            # The other one is seen to work; what the first has in hand it leaves alone.
            promised(own_database)
            with running(site, "worker"):
                assert within(60, lambda: len(office.letters) == 1)
                assert not within(8, lambda: office.callers > 2)
                first.kill()
                assert within(10, lambda: len(office.letters) == 2)
        assert office.callers == 3
