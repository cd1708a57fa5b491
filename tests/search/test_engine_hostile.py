"""Whatever is typed is answered, in time."""

import json
import os
from pathlib import Path
from time import monotonic

import pytest

from consult.search.engine import Engine, Order
from consult.search.highlight import highlight
from consult.search.query import parse
from tests.search.indexing import built, entry

CORPUS = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus"))
NAUGHTY = CORPUS / "hostile" / "naughty-strings" / "blns.json"

KILLERS = [
    "*a* *b* *c* *d* *e*" * 6,
    "[a TO z]",
    "{a TO} [TO] [ TO ]",
    "(" * 2000 + "sand" + ")" * 2000,
    "a* or " * 40,
    "san* or sto* or " * 20,
    "?a?b?c? *?*?*?*",
    '"' * 199,
    '"sand' * 50,
    "-" * 5000,
    "-sand " * 40,
    "sand~9 sand^9e999 text:sand id:* _stored:x",
    "not not not and and or or",
    "\x00\ud800\udfff\U0010ffff\ufffe",
    "ﷺ" * 200,
    "a" + "\u0301" * 100_000,
    "\u202e\u2066sand\u2069",
    "'; DROP TABLE comments; --",
    "¶ #3.12 # ¶",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    texts = [f"sand and stone {'word ' * (number % 7)}n{number}" for number in range(300)]
    entries = [entry(f"comment:{number}", text) for number, text in enumerate(texts)]
    return built(tmp_path_factory.mktemp("hostile"), *entries)


@pytest.mark.parametrize("number", range(len(KILLERS)))
def test_killers(engine: Engine, number: int) -> None:
    before = monotonic()
    query = parse(KILLERS[number])
    for order in Order:
        results = engine.search(query, order=order)
        assert results.total >= len(results.hits)
    highlight("sand and stone " * 1000, query)
    assert monotonic() - before < 10


def test_marks_of_the_index_itself_cannot_be_asked_for(engine: Engine) -> None:
    assert engine.search(parse("¶")).total == 0
    assert engine.search(parse('"sand ¶"')).total == engine.search(parse("sand")).total


@pytest.mark.skipif(not NAUGHTY.exists(), reason=f"there is no corpus at {CORPUS}")
def test_naughty_strings(engine: Engine, tmp_path: Path) -> None:
    strings: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    for string in strings:
        engine.search(parse(string))
    texts = [entry(f"comment:{number}", text, title=text) for number, text in enumerate(strings)]
    naughty = built(tmp_path, *texts)
    for number, string in enumerate(strings):
        query = parse(string)
        marked = highlight(string, query)
        assert "<" not in marked.replace("<mark>", "").replace("</mark>", "")
        if query and not query.notes and all(not group.excluded for group in query.groups):
            hits = naughty.search(query, size=1000, seconds=5).hits
            assert f"comment:{number}" in {hit.id for hit in hits}, string
