"""What is found, in which order, and how it is counted."""

from collections import Counter
from pathlib import Path

import pytest

from consult.search.engine import Order
from consult.search.entries import EntryKind
from consult.search.query import parse
from tests.search.indexing import NEW_YEAR, built, entry, found


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("benefit", {"comment:1", "comment:2"}),
        ("BENEFITS housing", {"comment:1", "comment:2"}),
        ('"housing benefit"', {"comment:1"}),
        ('"housing benefits"', {"comment:2"}),
        ('"benefit housing"', set()),
        ("benefit -cap", {"comment:2"}),
        ('benefit -"the cap"', {"comment:2"}),
        ("-benefit", {"comment:3", "comment:4", "comment:5", "comment:6", "comment:7"}),
        ("cafe or cap", {"comment:1", "comment:3"}),
        ("cap the housing or cafes", {"comment:1", "comment:3"}),
        ("hous*", {"comment:1", "comment:2"}),
        ("zzz*", set()),
        ("政府", {"comment:4"}),
        ("府政", set()),
        ("策", {"comment:4"}),
        ("정책", {"comment:5"}),
        ("हिन्दी", {"comment:6"}),
        ("نظام", {"comment:7"}),
        ("Ángeles", {"comment:3"}),
        ('"to be or not to be"', {"comment:3"}),
        ("rent", set()),
    ],
)
def test_finding(tmp_path: Path, q: str, expected: set[str]) -> None:
    engine = built(
        tmp_path,
        entry("comment:1", "The cap on housing benefit, the housing benefit!"),
        entry("comment:2", "Some housing benefits are late."),
        entry("comment:3", "Un café, señor? To be or not to be", author="Ángeles"),
        entry("comment:4", "我们的政府数据政策"),
        entry("comment:5", "새로운 정책을 지지합니다"),
        entry("comment:6", "हिन्दी में"),
        entry("comment:7", "النِّظام نِظام"),
    )
    assert set(found(engine, q)) == expected


def test_a_phrase_does_not_reach_from_one_part_into_the_next(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:1", "Defence first", title="Coastal", author="Sea"))
    assert found(engine, '"sea defence"') == []
    assert found(engine, '"coastal coastal"') == []
    assert found(engine, "coastal sea defence") == ["comment:1"]


def test_best_first(tmp_path: Path) -> None:
    engine = built(
        tmp_path,
        entry("comment:long", "flooding " + "and other things " * 40),
        entry("comment:other", "flooded and flooding fields"),
        entry("comment:title", "and other things", title="Flood"),
        entry("comment:typed", "flood and fields"),
    )
    assert found(engine, "flood") == [
        "comment:title", "comment:typed", "comment:other", "comment:long"
    ]  # fmt: skip


@pytest.mark.parametrize("q", ["3.12", '"3.12"', "3.12(a)", "Article 5"])
def test_a_paragraph_comes_first_for_its_own_number(tmp_path: Path, q: str) -> None:
    engine = built(
        tmp_path,
        entry("comment:1", " ".join([q] * 30), label=q, title=q),
        entry("paragraph:1", "Nothing about it here, " * 50, label=q),
        entry("paragraph:2", q, label="4", title=q),
    )
    assert found(engine, q)[0] == "paragraph:1"


def test_newest_first(tmp_path: Path) -> None:
    engine = built(
        tmp_path,
        entry("comment:1", "sand", days=1),
        entry("comment:2", "sand sand sand", days=0),
        entry("comment:3", "sand", days=2),
    )
    assert found(engine, "sand", Order.NEWEST) == ["comment:3", "comment:1", "comment:2"]


def test_pages(tmp_path: Path) -> None:
    engine = built(tmp_path, *(entry(f"comment:{n}", "sand", days=n) for n in range(5)))
    pages = [engine.search(parse("sand"), page=page, size=2) for page in (0, 1, 3, 4, 10**9)]
    assert [[hit.id for hit in page.hits] for page in pages] == [
        ["comment:4", "comment:3"], ["comment:4", "comment:3"], ["comment:0"], [], []
    ]  # fmt: skip
    assert {(page.total, page.pages) for page in pages} == {(5, 3)}
    hit = pages[1].hits[0]
    assert (hit.kind, hit.consultation, hit.document) == (EntryKind.COMMENT, "coast", "plan")
    assert (hit.created_at - NEW_YEAR).days == 4


def test_filters_and_what_the_others_would_give(tmp_path: Path) -> None:
    engine = built(
        tmp_path,
        entry("comment:1", "sand", contribution="question", status="answered"),
        entry("comment:2", "sand", contribution="question", status="unanswered"),
        entry("comment:3", "sand", contribution="support", consultation="park"),
        entry("reply:1", "sand"),
        entry("reply:2", "stone"),
        entry("comment:4", "sand", consultation="secret"),
    )
    results = engine.search(
        parse("sand"), kind=EntryKind.COMMENT, consultation="coast", within=["coast", "park"]
    )
    assert {hit.id for hit in results.hits} == {"comment:1", "comment:2"}
    assert (results.total, results.complete) == (2, True)
    assert results.facets.kind == Counter(comment=2, reply=1)
    assert results.facets.consultation == Counter(coast=2, park=1)
    assert results.facets.contribution == Counter(question=2)
    assert results.facets.status == Counter(answered=1, unanswered=1)
    assert engine.search(parse("sand"), status="answered").total == 1
    assert engine.search(parse("sand"), contribution="no such").total == 0
    assert engine.search(parse("-stone"), within=[]).facets.kind == Counter()


def test_nothing_asked_finds_nothing(tmp_path: Path) -> None:
    assert engine_total(tmp_path, "") == 0


def engine_total(folder: Path, q: str) -> int:
    return built(folder, entry("comment:1", "sand")).search(parse(q)).total


def test_time_that_has_run_out_is_told(tmp_path: Path) -> None:
    results = built(tmp_path, entry("comment:1", "sand")).search(parse("sand"), seconds=-1)
    assert (results.hits, results.total, results.complete) == ([], 0, False)


def test_what_is_left_out_is_counted_nowhere(tmp_path: Path) -> None:
    entries = [entry(f"comment:{n}", "sand", contribution="question") for n in range(3)]
    engine = built(tmp_path, entry("paragraph:1", "sand"), *entries)
    results = engine.search(parse("sand"), without=["comment:1", "comment:unknown"])
    assert {hit.id for hit in results.hits} == {"paragraph:1", "comment:0", "comment:2"}
    assert results.total == 3
    assert results.facets.kind == {"paragraph": 1, "comment": 2}
    assert results.facets.contribution == {"question": 2}
