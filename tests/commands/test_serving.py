"""The server as a process: ports, signals, what it promises to those who are being served."""

import signal
import socket
import threading
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from consult.layout.headers import HEADERS
from tests.commands.conftest import Site, make_site, serving


@pytest.fixture
def served(tmp_path: Path, port: int, fresh: Path) -> Site:
    return make_site(tmp_path / "site", port, fresh)


def test_a_port_that_is_taken_is_said_in_one_sentence(served: Site, port: int) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        assert f"Port {port} is taken" in served.refused("serve")


def test_what_has_arrived_is_answered_before_the_server_ends(served: Site, port: int) -> None:
    with ExitStack() as finished, serving(served) as process:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        finished.callback(connection.close)
        # A request of which the last bytes come only after the signal.
        connection.putrequest("POST", "/sign-in")
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", "20")
        connection.endheaders(b"email=a%40ex")
        time.sleep(0.5)
        process.terminate()
        time.sleep(0.8)
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", port), 1)
        connection.send(b"ample.o=")
        assert connection.getresponse().status == 419
        assert process.wait(20) == 0


def test_many_slow_connections_do_not_starve_the_others(served: Site, port: int) -> None:
    with serving(served):
        slow = []
        for _number in range(100):
            idle = socket.create_connection(("127.0.0.1", port))
            idle.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
            slow.append(idle)
        answers = []

        def ask() -> None:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", "/healthz")
                answers.append(connection.getresponse().status)

        askers = [threading.Thread(target=ask) for _number in range(5)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(15)
        assert answers == [200] * 5
        for idle in slow:
            idle.close()


REFUSED_BY_THE_SERVER = {
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n": 400,
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n": 413,
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n": 501,
    b"GET / HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 300_000 + b"\r\n\r\n": 431,
    b"G\xffT / HTTP/1.1\r\nHost: x\r\n\r\n": 400,
    b"nonsense\r\n\r\n": 400,
}


def answered(port: int, request: bytes) -> list[str]:
    """Return the lines before the body of the answer to what may be no HTTP at all."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(request)
        said = b""
        while b"\r\n\r\n" not in said and (chunk := connection.recv(65536)):
            said += chunk
    return said.partition(b"\r\n\r\n")[0].decode().splitlines()


def test_what_the_server_itself_refuses_carries_the_headers_too(served: Site) -> None:
    with serving(served):
        for request, status in REFUSED_BY_THE_SERVER.items():
            head = answered(served.port, request)
            assert head[0].split()[1] == str(status), request[:60]
            names = {line.partition(":")[0].title() for line in head[1:]}
            assert {name.title() for name in HEADERS} | {"Cache-Control"} <= names, request[:60]


class Callers:
    """People who keep asking, each time on a connection of their own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.enough = threading.Event()
        self.answered: list[int] = []
        self.refused: list[float] = []
        self.cut_off: list[str] = []

    def ask(self) -> None:
        while not self.enough.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.connect()
            except OSError:
                self.refused.append(time.monotonic())
                return
            try:
                connection.request("POST", "/sign-in", "email=a", {"Connection": "close"})
                self.answered.append(connection.getresponse().status)
            except (OSError, HTTPException) as error:
                self.cut_off.append(repr(error))
            finally:
                connection.close()

    def __enter__(self) -> "Callers":
        self.threads = [threading.Thread(target=self.ask) for _number in range(6)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join(40)


def ready(port: int) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", "/readyz")
        return connection.getresponse().status


def test_a_restart_says_so_first_and_loses_nothing(tmp_path: Path, port: int, fresh: Path) -> None:
    site = make_site(tmp_path / "site", port, fresh, stopping_seconds="3")
    with serving(site) as process, Callers(port) as callers:
        assert ready(port) == 200
        until = time.monotonic() + 60
        while len(callers.answered) < 20 and time.monotonic() < until:
            time.sleep(0.1)
        process.terminate()
        told = time.monotonic()
        before = len(callers.answered)
        assert ready(port) == 503
        assert process.wait(30) == 0
    assert callers.cut_off == []
    assert len(callers.answered) > before and set(callers.answered) == {419}
    assert len(callers.refused) == 6
    # A quarter of a second is how often the server looks at the clock.
    assert min(callers.refused) - told > 2.7


def test_a_connection_that_is_kept_is_closed_with_its_last_answer(
    tmp_path: Path, port: int, fresh: Path
) -> None:
    site = make_site(tmp_path / "site", port, fresh, stopping_seconds="20")
    with serving(site) as process, closing(HTTPConnection("127.0.0.1", port)) as connection:
        for stopping in (False, True):
            if stopping:
                process.terminate()
                time.sleep(0.5)
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
            assert (answer.headers.get("Connection") == "close") is stopping
        process.terminate()
        assert process.wait(10) == 0


def test_the_keyboard_ends_it_at_once(tmp_path: Path, port: int, fresh: Path) -> None:
    site = make_site(tmp_path / "site", port, fresh, stopping_seconds="60")
    with serving(site) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
