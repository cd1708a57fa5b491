"""Drafts are read while the site goes on serving everybody else."""

import re
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.commands.conftest import Site, make_site, serving
from tests.importing.word_files import p, word_file

# A file that takes seconds to read, wherever that is done.
LONG = word_file(
    "".join(p(f"{n}.1 The council shall plant trees in street {n}.") for n in range(8000))
)
BOUNDARY = "a-line-that-is-in-no-file"


class Client:
    """Somebody at the served site."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies = {"csrf": "token"}

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, dict[str, str], str]:
        headers = {"Cookie": "; ".join(f"{name}={said}" for name, said in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, said in answer.getheaders():
                if name == "Set-Cookie" and said.startswith("session="):
                    self.cookies["session"] = said.partition(";")[0].partition("=")[2]
            return answer.status, dict(answer.getheaders()), answer.read().decode()

    def post(self, path: str, **fields: str) -> int:
        body = urlencode({"csrf_token": "token", **fields}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")[0]

    def upload(self, name: str, data: bytes, **fields: str) -> tuple[int, dict[str, str], str]:
        parts = b"".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n'.encode()
            for key, said in {"csrf_token": "token", **fields}.items()
        )
        parts += (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        body = parts + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        path = "/officials/consultations/benches/import"
        return self.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")


@pytest.fixture
def busy(tmp_path: Path, port: int, fresh: Path, draft: Path) -> Site:
    """Give a site with an open draft, and an official who may import."""
    site = make_site(tmp_path / "site", port, fresh)
    person = ("o@example.org", "--name", "Olga", "--role", "official", "--on", "benches")
    place = ("--consultation", "benches", "--document", "plan", "--publish")
    site.prepare(
        ["consultation", "benches", "--title", "Benches", "--moderation", "report", "--open"],
        ["account", *person, "--password", "benches in the shade"],
        ["import", str(draft), *place],
    )
    return site


def test_eight_files_at_once_keep_nobody_waiting(busy: Site) -> None:
    port = busy.port
    with serving(busy):
        official = Client(port)
        assert (
            official.post("/sign-in", email="o@example.org", password="benches in the shade") == 303
        )
        page = Client(port).ask("GET", "/consultations/benches/plan")[2]
        place = re.search(r"/consultations/benches/plan/p/\w+", page)
        assert place is not None
        answers: dict[int, tuple[int, dict[str, str], str]] = {}

        def send(number: int) -> None:
            answers[number] = official.upload(f"Plan {number}.docx", LONG, slug=f"plan-{number}")

        senders = [threading.Thread(target=send, args=(number,)) for number in range(8)]
        for sender in senders:
            sender.start()
        slowest, posted = 0.0, 0
        while any(sender.is_alive() for sender in senders):
            began = time.monotonic()
            assert Client(port).ask("GET", "/healthz")[0] == 200
            assert Client(port).ask("GET", "/consultations/benches/plan")[0] == 200
            slowest = max(slowest, (time.monotonic() - began) / 2)
            if not posted:
                fields = {"text": "More benches", "name": "Gerd", "email": "g@example.org"}
                posted = official.post(place[0], **fields)
            time.sleep(0.05)
        for sender in senders:
            sender.join(120)
        desk = "/officials/consultations/benches"
        stored = [
            number
            for number in answers
            if official.ask("GET", f"{desk}/plan-{number}/preview")[0] == 200
        ]
    assert posted == 303
    assert slowest < 2
    assert stored == [number for number, answer in answers.items() if answer[0] == 303]
    refused = {number: answer for number, answer in answers.items() if answer[0] != 303}
    assert len(stored) >= 2 and refused
    for number, (status, headers, page) in refused.items():
        assert status == 503 and int(headers["Retry-After"]) > 0
        assert f"“\u2068Plan {number}.docx\u2069” was not read" in page
        assert f'value="plan-{number}"' in page
