"""The recipe for a Debian machine: what its files say is read by those for whom they are meant."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from consult import commands
from consult.shipped import HOME, shipped
from consult.web import ARRIVED
from tests.commands.listening import Bare, served

RECIPE = HOME / "docs" / "operating"
UNITS = ("consult@.service", "consult-worker.service")
PORTS = ("6543", "6544")
MAKING = """
    req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test
""".split()


def tool(name: str) -> str:
    """Return the path of a program that other machines than a laptop have."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing")
        pytest.skip(f"{name} is missing")
    return found


def unit(name: str) -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(RECIPE / name, encoding="utf-8")
    return read


@pytest.mark.parametrize("name", UNITS)
def test_units_call_commands_that_exist(name: str) -> None:
    words = unit(name)["Service"]["ExecStart"].replace("%i", PORTS[0]).split()
    assert words[0] == "/opt/consult/bin/consult"
    parsed = commands._parser(words[1:]).parse_args(words[1:])
    assert parsed.ini == "/etc/consult/production.ini"
    assert parsed.command == ("worker" if "worker" in name else "serve")


def test_the_recipe_starts_what_the_proxy_expects() -> None:
    page = (RECIPE / "debian.md").read_text(encoding="utf-8")
    for named in (*UNITS, "nginx.conf"):
        assert named in page
    asked = re.findall(r"server 127\.0\.0\.1:(\d+)", (RECIPE / "nginx.conf").read_text())
    assert tuple(asked) == PORTS and "consult@6543 consult@6544 consult-worker" in page
    ini = ConfigParser(interpolation=None)
    ini.read(shipped("production.ini"), encoding="utf-8")
    data = unit(UNITS[0])["Service"]["StateDirectory"]
    assert ini["app:main"]["consult.data"] == f"/var/lib/{data}"


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    analyser = tool("systemd-analyze")
    for name in UNITS:
        written = (RECIPE / name).read_text(encoding="utf-8")
        program = str(Path(sys.executable).parent / "consult")
        (tmp_path / name).write_text(written.replace("/opt/consult/bin/consult", program))
    names = [tmp_path / name.replace("@.", f"@{PORTS[0]}.") for name in UNITS]
    done = subprocess.run([analyser, "verify", *names], capture_output=True, text=True)
    # What is odd about other units of the machine is not ours to say.
    ours = [line for line in done.stderr.splitlines() if "consult" in line]
    assert (done.returncode, ours) == (0, [])


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number: int = listener.getsockname()[1]
        return number


class Nginx:
    """The recipe's nginx with this machine's folders, ports and certificate in it, nothing else."""

    def __init__(self, folder: Path, behind: tuple[int, int]) -> None:
        self.port = free_port()
        file = folder / "nginx.conf"
        self.words = [tool("nginx"), "-p", str(folder), "-c", str(file)]
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        file.write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/errors;"
            + ("user root;" if os.getuid() == 0 else "")
            + f"events {{}} http {{ {temporary}\n{self._site(folder, behind)}\n}}"
        )

    def _site(self, folder: Path, behind: tuple[int, int]) -> str:
        certificate = folder / "certificate"
        subprocess.run(
            [tool("openssl"), *MAKING, "-keyout", f"{certificate}.key", "-out", certificate],
            check=True,
            capture_output=True,
        )
        site = (RECIPE / "nginx.conf").read_text(encoding="utf-8")
        site = re.sub(r"/etc/letsencrypt/\S+fullchain\.pem", str(certificate), site)
        site = re.sub(r"/etc/letsencrypt/\S+privkey\.pem", f"{certificate}.key", site)
        for listening in re.findall(r"listen \S+[ ;]", site):
            port = self.port if listening == "listen 443 " else free_port()
            site = site.replace(listening, f"listen 127.0.0.1:{port}{listening[-1]}")
        for written, real in zip(PORTS, behind, strict=True):
            site = site.replace(f"127.0.0.1:{written}", f"127.0.0.1:{real}")
        assert "/etc/" not in re.sub("#.*", "", site)
        return site

    def check(self) -> None:
        done = subprocess.run([*self.words, "-t"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Have it serve beside the test."""
        process = subprocess.Popen(self.words, stderr=subprocess.DEVNULL)
        try:
            for _attempt in range(100):
                try:
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(20)

    def connection(self) -> HTTPSConnection:
        # Its certificate is nobody's; the address it is called from is not the usual one.
        context = ssl._create_unverified_context()  # noqa: S323
        return HTTPSConnection(
            "127.0.0.1", self.port, timeout=20, context=context, source_address=("127.0.0.2", 0)
        )

    def asks(self, method: str = "GET") -> int:
        """Make a request; return the status of the answer."""
        with closing(self.connection()) as connection:
            connection.request(method, "/", b"x" if method == "POST" else None)
            return connection.getresponse().status


class Noting(Bare):
    """As much of an application as a server needs, noting what it is told about requests."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.told: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.told.append(environ)
        return super().__call__(environ, start)


def server_options() -> dict[str, str]:
    """Return what production.ini tells the server, where it matters to nginx."""
    ini = ConfigParser(interpolation=None)
    ini.read(shipped("production.ini"), encoding="utf-8")
    return {name: value for name, value in ini["server:main"].items() if "proxy" in name}


def test_nginx_understands_its_file(tmp_path: Path) -> None:
    Nginx(tmp_path, (6543, 6544)).check()


def test_what_nginx_tells_is_what_the_program_believes(tmp_path: Path) -> None:
    app = Noting(tmp_path / "data")
    with served(app, **server_options()) as (_, port):
        nginx = Nginx(tmp_path, (port, port))
        with nginx.serving(), closing(nginx.connection()) as connection:
            connection.putrequest("POST", "/")
            connection.putheader("Content-Length", "2")
            connection.putheader("X-Forwarded-For", "203.0.113.9")
            connection.putheader("X-Request-Start", "t=1700000000.000")
            connection.endheaders(b"a")
            time.sleep(1)
            late = datetime.now(UTC)
            connection.send(b"b")
            assert connection.getresponse().status == 200
    (told,) = app.told
    assert told["REMOTE_ADDR"] == "127.0.0.2" and told["wsgi.url_scheme"] == "https"
    assert 0.5 < (late - told[ARRIVED]).total_seconds() < 10
    assert told["HTTP_HOST"].startswith("127.0.0.1")


def test_either_process_can_be_away(tmp_path: Path) -> None:
    one, other = Noting(tmp_path / "one"), Noting(tmp_path / "other")
    ports = free_port(), free_port()
    with ExitStack() as all_of_them:

        def start(app: Noting, port: int) -> ExitStack:
            running = all_of_them.enter_context(ExitStack())
            running.enter_context(served(app, port=str(port)))
            return running

        def everybody_is_answered() -> None:
            one.told.clear()
            other.told.clear()
            assert [nginx.asks(method) for method in ("GET", "POST") * 3] == [200] * 6
            assert len(one.told) + len(other.told) == 6

        nginx = Nginx(tmp_path, ports)
        all_of_them.enter_context(nginx.serving())
        first, second = (start(app, port) for app, port in zip((one, other), ports, strict=True))
        everybody_is_answered()
        assert one.told and other.told
        second.close()
        everybody_is_answered()
        start(other, ports[1])
        # Nothing that nginx remembers of the other may count now.
        first.close()
        everybody_is_answered()
