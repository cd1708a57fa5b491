"""The site without Redis, where attempts are counted."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.outages.conftest import WORDS, Visit, site, told


class Redis:
    """A Redis of the test's own."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self) -> None:
        words = ["--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), *words], stdout=subprocess.DEVNULL
        )
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            pytest.fail("redis-server is missing")
        pytest.skip("redis-server is missing")
    server = Redis(tmp_path)
    yield server
    server.stop()


def test_without_redis_people_read_on_and_are_told_what_does_not_work(
    migrated: str, tmp_path: Path, redis: Redis
) -> None:
    counting = f"redis://127.0.0.1:{redis.port}/0"
    with site(migrated, tmp_path / "data", rate_limits=counting) as app:
        visit = Visit(app, migrated)
        visit.says("First.")
        assert visit.browser.get("/readyz").text == "ok\n"
        redis.stop()
        answer = visit.says(status=503)
        told(answer, "sending forms do not work")
        assert WORDS in answer.text
        signing = {"email": "a@example.org", "password": "none of them"}
        stranger = Browser(app, visit.browser.db)
        told(stranger.post("/sign-in", signing, status=503), "Signing in")
        assert "Redis" in stranger.get("/readyz", status=503).text
        for page in ("/", visit.home, visit.page):
            assert stranger.get(page).status_int == 200
        redis.start()
        assert stranger.get("/readyz").text == "ok\n"
        stranger.post("/sign-in", signing, status=422)
        visit.says()
        assert visit.stored() == ["First.", WORDS]


def test_a_redis_that_hangs_holds_nobody_up_for_long(migrated: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        counting = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        with site(migrated, tmp_path / "data", rate_limits=counting) as app:
            visit = Visit(app, migrated)
            before = time.monotonic()
            told(visit.says(status=503), "sending forms do not work")
            assert time.monotonic() - before < 20
