"""The publish gate: 2,500 paragraphs, 10,000 comments, a version in which every fifth is edited."""

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from consult.accounts.models import Grant, Role
from consult.blocks.blocks import Block, Draft, Kind
from consult.consultations.models import Consultation
from consult.db import session_scope
from consult.drafts.models import Fate, Proposal, Version, Wording
from consult.fates.fate_store import propose
from consult.fates.proposing import texts_of, work_out
from consult.fates.sides import sides_of
from consult.intake.store import import_draft
from tests.bench.sites import fill, site
from tests.bench.vocabulary import WORDS

PARAGRAPHS, COMMENTS, TIMES = 2500, 10_000, 7
PATH = "/officials/consultations/bench/draft/gate"


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for each figure."""
    data = folder / "gating"
    engine = fill(data, paragraphs=PARAGRAPHS, comments=COMMENTS)
    sessions = sessionmaker(engine)
    with engine.begin() as db:
        db.execute(insert(Grant).values(account_id=1, role=Role.OFFICIAL, place="site"))
    started = time.perf_counter()
    with session_scope(sessions) as session:
        _import(session, data)
    yield f"import of version 2, {PARAGRAPHS:,} paragraphs, fates proposed: {_since(started)}"
    with session_scope(sessions) as session:
        version = session.scalars(select(Version).where(Version.number == 2)).one()
        sides = sides_of(session, version)
        assert sides is not None
        texts = texts_of(session, sides)
        started = time.perf_counter()
        work_out(*texts)
        yield f"    of that, alignment: {_since(started)}"
        session.get_one(Proposal, version.id).digest = ""
        started = time.perf_counter()
        propose(session, version)
        session.flush()
        yield f"fates proposed anew after a change: {_since(started)}"
    with site(data) as (port, _pid):
        for query, what in (
            ("?show=changed", "all changes"),
            ("?show=unchanged", "what is unchanged"),
            ("?show=commented", "with comments"),
        ):
            yield f"gate page, {what}: {_page(port, query)}"
    with engine.begin() as db:
        # A hundred in doubt, as after a thorough rewriting.
        some = select(Fate.id).where(Fate.kind == "edited").limit(100)
        db.execute(update(Fate).where(Fate.id.in_(some)).values(doubtful=True))
    engine.dispose()
    with site(data) as (port, _pid):
        yield f"gate page, a hundred in doubt: {_page(port, '?show=doubtful')}"


def _since(started: float) -> str:
    return f"{time.perf_counter() - started:.2f} s"


def _page(port: int, query: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for _time in range(TIMES):
        started = time.perf_counter()
        connection.request("GET", PATH + query, headers={"Cookie": "session=secret-1"})
        response = connection.getresponse()
        body = response.read()
        taken.append(time.perf_counter() - started)
        if response.status != 200:
            raise RuntimeError(f"{PATH}{query} answered {response.status}")
    return f"{median(taken) * 1000:.0f} ms ({len(body):,} bytes)"


def _import(session: Session, data: Path) -> None:
    random = Random(8)
    blocks = []
    for wording in session.scalars(select(Wording).order_by(Wording.position)):
        words = wording.text.split()
        if wording.kind is Kind.PARAGRAPH and wording.position % 5 == 0:
            for place in random.sample(range(len(words)), len(words) // 8):
                words[place] = random.choice(WORDS)
        text = " ".join(words)
        blocks.append(Block(wording.kind, wording.level, wording.label, text, text))
    draft = Draft(tuple(blocks), (), "en", "markdown")
    consultation = session.scalars(select(Consultation)).one()
    import_draft(session, consultation, "draft", draft, source=b"", data=data)
