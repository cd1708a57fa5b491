"""The ground floor: both databases, headers, refusals."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.layout.headers import POLICY
from consult.tables import metadata
from consult.web import whole_number
from tests.browser import Browser
from tests.factories import Factory


def test_the_site_answers_that_it_lives_and_is_ready(browser: Browser) -> None:
    assert browser.get("/healthz").text == "ok\n"
    assert browser.get("/readyz").text == "ok\n"


def test_every_answer_carries_the_policy_even_a_refusal(browser: Browser) -> None:
    for response in (browser.get("/healthz"), browser.get("/no-such-page", status=404)):
        assert response.headers["Content-Security-Policy"] == POLICY
        assert "Set-Cookie" not in response.headers


def test_what_a_test_stores_the_next_request_sees(
    browser: Browser, make: Factory, db: Session
) -> None:
    account = make.account()
    db.commit()
    assert browser.signed_in(account).get("/no-such-page", status=404)


def test_the_migrations_make_what_the_models_say(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_the_database_itself_refuses_to_change_what_is_for_good(
    make: Factory, connection: Connection
) -> None:
    make.document()
    for statement in (
        "UPDATE wording SET text = 'other words'",
        "DELETE FROM wording",
        "UPDATE version SET state = 'working'",
        "DELETE FROM version",
    ):
        with pytest.raises(DBAPIError, match="never change"), connection.begin_nested():
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("given", [None, 3, b"3", "", " 3", "-1", "1.0", "²", "٣", "9" * 5000])
def test_what_is_no_whole_number_names_none(given: object) -> None:
    assert whole_number(given) is None


def test_a_whole_number_is_named_up_to_the_highest_that_there_is() -> None:
    assert [whole_number(given, 12) for given in ("0", "12", "13", "012")] == [0, 12, None, None]
