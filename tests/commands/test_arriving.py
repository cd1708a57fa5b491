"""When a request arrived, told by a real server: before it waits, and at most a minute before."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from consult import clock, main
from consult.accounts.security import digest
from consult.commands import arriving
from consult.comments.models import Comment
from tests.commands.conftest import Site
from tests.commands.listening import Bare, served
from tests.factories import Factory

Answer = tuple[int, str]
TRUSTED = {"trusted_proxy": "192.0.2.1", "trusted_proxy_headers": "x-forwarded-for"}


@pytest.fixture
def app(anywhere: Site, own_database: str) -> Iterator[Any]:
    settings = {"data": anywhere.data, "database": own_database, "public_url": "http://localhost"}
    app = main({}, **{f"consult.{name}": str(value) for name, value in settings.items()})
    yield app
    app.registry["sessions"].kw["bind"].dispose()


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> Answer:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def test_whoever_came_before_the_end_is_not_late_for_having_waited(app: Any) -> None:
    with app.registry["sessions"]() as db:
        make = Factory(db)
        document = make.document()
        account = make.account()
        make.login_session(account, digest("secret"))
        closes = clock.now() + timedelta(seconds=4)
        document.consultation.closes_at = closes
        title = make.paragraph(document)
        path = f"/consultations/{document.consultation.slug}/{document.slug}/p/{title.key}"
        db.commit()
    answers: list[Answer] = []
    with served(app) as (slow, port):

        def post(words: str) -> None:
            body = urlencode({"text": words, "csrf_token": "token"})
            kind = "application/x-www-form-urlencoded"
            cookie = "csrf=token; session=secret"
            answers.append(ask(port, "POST", path, body, Content_Type=kind, Cookie=cookie))

        def idle() -> None:
            ask(port, "GET", "/healthz", X_Slow="6")

        threads = [threading.Thread(target=idle), threading.Thread(target=post, args=["In time"])]
        threads[0].start()
        assert slow.inside.wait(30)
        threads[1].start()
        time.sleep(0.3)
        assert clock.now() < closes
        for thread in threads:
            thread.join(60)
        assert clock.now() > closes
        post("Late")
    assert [status for status, _page in answers] == [303, 422], answers
    with app.registry["sessions"]() as db:
        assert list(db.scalars(select(Comment.source))) == ["In time"]


def seconds(moment: float) -> str:
    return f"t={moment:.3f}"


@pytest.mark.parametrize(
    ("words", "granted"),
    [
        (seconds, 20),
        (lambda moment: f"{moment:.3f}", 20),
        (lambda moment: f"t={int(moment)}", 20),
        (lambda moment: f"{int(moment * 1000)}", 20),
        (lambda moment: f"t={int(moment * 1_000_000)}", 20),
        (lambda moment: seconds(moment - 600), 60),
        (lambda moment: seconds(moment + 600), 0),
        (lambda _moment: "", 0),
        (lambda _moment: "yesterday", 0),
        (lambda _moment: "t=-1700000000", 0),
        (lambda _moment: "t=" + "1" * 400, 0),
        (lambda _moment: "t=١٧٠٠٠٠٠٠٠٠", 0),
        (lambda moment: f"{seconds(moment)}, {seconds(moment)}", 0),
    ],
)
def test_a_proxy_that_is_trusted_knows_better_by_a_minute(
    bare: Any, words: Callable[[float], str], granted: int
) -> None:
    told = words(time.time() - 20).encode().decode("latin-1")
    with served(bare, **TRUSTED | {"trusted_proxy": "127.0.0.1"}) as (slow, port):
        ask(port, "GET", "/healthz", X_Request_Start=told)
    late = (clock.now() - slow.arrived[0]).total_seconds()
    assert granted - 2 < late < granted + 10


@pytest.mark.parametrize("proxy", [{}, TRUSTED])
def test_nobody_else_does(bare: Any, proxy: dict[str, str]) -> None:
    with served(bare, **proxy) as (slow, port):
        ask(port, "GET", "/healthz", X_Request_Start=seconds(time.time() - 20))
    assert clock.now() - slow.arrived[0] < timedelta(seconds=10)


def test_a_first_byte_holds_no_place_for_ever(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "GRANTED", timedelta(seconds=1))
    with served(bare) as (slow, port), socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"G")
        time.sleep(3)
        connection.sendall(b"ET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        assert clock.now() - slow.arrived[0] < timedelta(seconds=2)


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """Give an application that answers at once, with the settings of a site."""
    return Bare(tmp_path)
