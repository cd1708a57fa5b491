"""Script injections in everything that people write, looked at in a browser: nothing happens."""

import json
import os
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, expect

from tests.chromium.conftest import Visits
from tests.chromium.material import Plot
from tests.chromium.site import CHECKOUT, Site

SAMPLE = 200
PEOPLE = 20  # so that nobody posts faster than the site lets them
CONSULTATIONS = 20

# Elements and attributes that could act, in what people wrote.
ACTIVE = """() => [...document.querySelectorAll("main *, .strip *")].filter(one =>
    one.matches("script, iframe, object, embed, base, meta, link, svg, math, img, video, audio")
    || [...one.attributes].some(({name, value}) =>
        /^on|^style$|^srcdoc$/.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value))
).map(one => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    file = Path(os.environ.get("CONSULT_CORPUS", CHECKOUT / ".." / "shared" / "corpus"))
    file = file.resolve() / "hostile" / "xss.jsonl"
    if not file.is_file():
        pytest.skip(f"no trial material at {file} (set CONSULT_CORPUS)")
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["payload"] for line in random.Random(7).sample(lines, SAMPLE)]


def _post(context: BrowserContext, site: Site, path: str, fields: dict[str, str]) -> APIResponse:
    """Send a form to `path` with the token of whoever `context` belongs to."""
    token = next(c["value"] for c in context.cookies() if c["name"] == "csrf").strip('"')
    return context.request.post(
        path,
        form={**fields, "csrf_token": token},
        headers={"Origin": site.base},
        max_redirects=0,
    )


def _look(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(ACTIVE) == []
    # Words without an end must not push the page out of a telephone's screen either.
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_comments_and_names(visit: Visits, site: Site, payloads: list[str], plot: Plot) -> None:
    plots = [plot, *(site.plot() for _ in range(9))]
    page = visit(375)
    taken = named = 0
    for n in range(PEOPLE):
        visit.sign_in(page, site.person())
        page.goto("/account")
        name = payloads[-n]
        named += _post(page.context, site, "/account", {"name": name}).status == 303
        for m, payload in enumerate(payloads[n::PEOPLE]):
            where = plots[m % len(plots)]
            fields = {"text": payload, "idempotency_key": f"hostile {n} {m}"}
            if m % 2:
                fields["suggestion"] = payload
            answer = _post(page.context, site, where.page, fields)
            assert answer.status in (303, 422), (payload, answer.status)
            taken += answer.status == 303
    assert taken > SAMPLE * 0.9
    for where in plots:
        _look(page, where.page)
        assert page.locator(".conversation .comment").count() >= SAMPLE // len(plots) // 2
    _look(page, "/account/comments")
    _look(page, "/account")
    page.goto(plot.document)
    page.locator(f"#p-{plot.key} > .c").click()
    expect(page.locator(".conversation .comment").first).to_be_visible()
    assert page.evaluate(ACTIVE) == []


def test_consultations(visit: Visits, site: Site, payloads: list[str]) -> None:
    official = visit(375, who="official@example.org")
    official.goto("/officials/consultations/new")
    department = official.locator("[name=department]").input_value()
    official.goto("/account")
    slugs = []
    for n in range(CONSULTATIONS):
        title, summary, rules, notice = payloads[n * 4 : n * 4 + 4]
        answer = _post(
            official.context,
            site,
            "/officials/consultations/new",
            {
                "title": re.sub(r"\s+", " ", title)[:200],
                "slug": f"hostile-{n}",
                "summary": summary[:2000],
                "house_rules": rules[:5000],
                "privacy_notice": notice[:5000],
                "department": department,
                "time_zone": "Europe/London",
                "closes_at": "2090-01-01T12:00",
                "reply_days": "28",
                "audience": "public",
                "commenters": "everyone",
                "moderation": "report",
            },
        )
        if answer.status == 303:
            slugs.append(f"hostile-{n}")
            opened = {"move": "open", "closes_at": ""}
            _post(official.context, site, f"/officials/consultations/hostile-{n}/phase", opened)
    assert len(slugs) > CONSULTATIONS * 0.8
    for slug in slugs:
        _look(official, f"/consultations/{slug}")
    for path in ("/", "/officials", f"/officials/consultations/{slugs[0]}", "/search?q=alert"):
        _look(official, path)
