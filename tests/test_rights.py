"""What somebody may not see is at no address of the site: every GET route, every role, every word."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.phases import Phase
from consult.outbox import run_due
from consult.search.engine import Engine
from tests.browser import Browser
from tests.factories import Factory
from tests.rights import ADDRESSES, ELSEWHERE, STRANGERS, World, make_world


@pytest.fixture
def indexed(app: Router, db: Session, tmp_path: Path) -> Iterator[Any]:
    """Give a function that has the worker do what is due, with an index of this test alone."""
    original = app.registry["search engine"]
    app.registry["search engine"] = Engine(tmp_path / "index")

    def work() -> None:
        db.commit()
        run_due(app.registry)
        db.expire_all()

    yield work
    app.registry["search engine"] = original


@pytest.fixture
def world(app: Router, make: Factory, db: Session, indexed: Any) -> World:
    made = make_world(make, db, app.registry["settings"].data)
    indexed()
    return made


def browser_of(browser: Browser, world: World, who: str) -> Browser:
    account = world.people[who]
    return browser if account is None else browser.signed_in(account)


def everything(person: Browser, world: World) -> Iterator[tuple[str, str]]:
    """Yield every address with all that it answers: status, headers and body."""
    for addresses in ADDRESSES.values():
        for path in addresses(world):
            for headers in ({}, {"HX-Request": "true"}) if "/p/" in path else ({},):
                answer = person.app.get(path, status="*", headers=headers)
                assert answer.status_int < 500, path
                said = answer.body.decode("utf-8", "replace")
                yield path, f"{answer.status} {answer.headers} {said}"


def test_every_route_that_answers_a_get_is_visited(app: Router) -> None:
    answering = set()
    for view in app.registry.introspector.get_category("views"):
        facts = view["introspectable"]
        methods = facts["request_methods"] or ("GET",)
        if "GET" in ((methods,) if isinstance(methods, str) else methods):
            answering.add(facts["route_name"])
    assert {name for name in answering if name} - ELSEWHERE == set(ADDRESSES)


@pytest.mark.parametrize("who", sorted(STRANGERS))
def test_nobody_meets_what_is_hidden_from_them(browser: Browser, world: World, who: str) -> None:
    hidden = [word for word, strangers in world.hidden.items() if who in strangers]
    met = [
        (word, path)
        for path, answer in everything(browser_of(browser, world, who), world)
        for word in hidden
        if word in answer
    ]
    assert not met


def test_what_is_hidden_is_met_by_those_who_may_see_it(browser: Browser, world: World) -> None:
    for who in sorted({*world.seen.values()}):
        wanted = {word for word, seen_by in world.seen.items() if seen_by == who}
        for _path, answer in everything(browser_of(browser, world, who), world):
            wanted = {word for word in wanted if word not in answer}
        assert not wanted, who


@pytest.mark.parametrize("who", ["visitor", "author", "elsewhere"])
def test_a_search_for_what_is_hidden_says_what_one_for_nothing_says(
    browser: Browser, world: World, who: str
) -> None:
    person, nothing = browser_of(browser, world, who), {}
    for word, strangers in world.hidden.items():
        if who in strangers:
            none = "x" * len(word)
            if none not in nothing:
                nothing[none] = person.get(f"/search?q={none}").text
            assert person.get(f"/search?q={word}").text.replace(word, none) == nothing[none]


ANNOUNCED = "/consultations/announced"
TEXT = f"{ANNOUNCED}/announced-draft"


def test_the_hour_of_a_text_comes_by_the_clock_alone(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = world.consultations[0]
    assert consultation.opens_at is not None
    hour = consultation.opens_at
    picture = f"/figures/{world.pictures[0]}"
    search = "/search?q=zqannouncedfirstz"
    pages = [TEXT, f"{TEXT}/v1", f"{TEXT}/redline", f"{TEXT}/p/k2", f"{TEXT}/v2/original", picture]

    monkeypatch.setattr(clock, "now", lambda: hour - timedelta(seconds=1))
    for page in pages:
        answer = browser.get(page, status=404)
        assert answer.headers["Cache-Control"] == "no-store", page
    before = {page: browser.get(page) for page in ("/", ANNOUNCED, search)}
    before[ANNOUNCED].mustcontain(
        "zqannouncedtitlez", "zqannouncedsummaryz", consultation.department.name, "How to take part"
    )
    assert "The text can be read here once the consultation opens." in before[ANNOUNCED]
    assert TEXT not in before[ANNOUNCED] and TEXT not in before["/"]
    assert not before[search].html.select(".hit")

    monkeypatch.setattr(clock, "now", lambda: hour)
    for page in pages:
        browser.get(page)
    for page, answer in before.items():
        browser.get(page, headers={"If-None-Match": answer.headers["ETag"]}, status=200)
    assert browser.get(search).html.select(".hit")
    assert TEXT in browser.get(ANNOUNCED) and TEXT in browser.get("/")
    assert consultation.phase is Phase.SCHEDULED, "nobody has written it down yet"
