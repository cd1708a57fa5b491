"""The workbench: a working version of 2,500 paragraphs, looked at and put right."""

import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from consult.accounts.models import Grant, Role
from consult.blocks.blocks import Block, Draft
from consult.consultations.models import Consultation
from consult.db import session_scope
from consult.drafts.models import Paragraph, Wording
from consult.intake.store import import_draft
from tests.bench.sites import fill, site

PARAGRAPHS, TIMES = 2_500, 7
PATH = "/officials/consultations/bench/draft/workbench"
HEADERS = {"Cookie": "session=secret-1; csrf=token"}
PART = HEADERS | {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    data = folder / "mending"
    engine = fill(data, paragraphs=PARAGRAPHS, comments=0)
    with engine.begin() as db:
        db.execute(insert(Grant).values(account_id=1, role=Role.OFFICIAL, place="site"))
    first, middle = _import(sessionmaker(engine), data)
    engine.dispose()
    with site(data) as (port, _pid):
        bench = Bench(port)
        yield f"workbench, {PARAGRAPHS:,} paragraphs: {bench.times(PATH, HEADERS)}"
        yield f"    opening one of them: {bench.times(f'{PATH}?edit={middle}', PART)}"
        yield f"    moving the first to the end: {bench.acts(first, act='place', place='9999')}"
        yield f"    splitting one: {bench.splits(middle)}"


class Bench:
    """Asks one server; every act is undone before the next."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, headers: dict[str, str], **fields: str) -> tuple[float, str]:
        """Return the seconds that an answer took, and the answer."""
        body = urlencode(fields | {"csrf_token": "token"}) if fields else None
        started = time.perf_counter()
        self.connection.request("POST" if fields else "GET", path, body, headers)
        response = self.connection.getresponse()
        answer = response.read().decode()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return time.perf_counter() - started, answer

    def times(self, path: str, headers: dict[str, str]) -> str:
        """Return how long a page takes, and how long it is."""
        asked = [self.ask(path, headers) for _time in range(TIMES)]
        return f"{median(t for t, _ in asked) * 1000:.0f} ms ({len(asked[0][1].encode()):,} bytes)"

    def acts(self, key: str, **fields: str) -> str:
        """Return how long an act takes, and undoing it."""
        taken = []
        for _time in range(TIMES):
            there, answer = self.ask(f"{PATH}/{key}", PART, **fields)
            number = re.search(r'name="undo" value="(\d+)"', answer)
            back, _answer = self.ask(f"{PATH}/steps", PART, undo=number[1] if number else "")
            taken.append((there, back))
        there, back = (median(column) * 1000 for column in zip(*taken, strict=True))
        return f"{there:.0f} ms, undoing it: {back:.0f} ms"

    def splits(self, key: str) -> str:
        """Return how long it takes to split a paragraph in the middle."""
        _taken, opened = self.ask(f"{PATH}?edit={key}", PART)
        text = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", opened, re.DOTALL)
        assert text is not None
        words = text[1].split()
        half = len(words) // 2
        return self.acts(key, text=" ".join(words[:half]) + "\n\n" + " ".join(words[half:]))


def _import(sessions: sessionmaker[Session], data: Path) -> tuple[str, str]:
    """Import what is published as the next version; return the keys of a first and a middle paragraph."""
    with session_scope(sessions) as session:
        blocks = tuple(
            Block(w.kind, w.level, w.label, w.html, w.text)
            for w in session.scalars(select(Wording).order_by(Wording.position))
        )
        consultation = session.scalars(select(Consultation)).one()
        draft = Draft(blocks, (), "en", "markdown")
        version = import_draft(session, consultation, "draft", draft, source=b"", data=data)
        keys = session.scalars(
            select(Paragraph.key)
            .join(Wording, Wording.paragraph_id == Paragraph.id)
            .where(Wording.version_id == version.id, Wording.position.in_((3, PARAGRAPHS // 2 + 4)))
            .order_by(Wording.position)
        )
        first, middle = keys
        return first, middle
