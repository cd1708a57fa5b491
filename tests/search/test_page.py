"""The search page through the real application."""

import logging
from datetime import timedelta
from time import thread_time

import pytest
from sqlalchemy import Connection, delete, update

from consult import clock
from consult.accounts.models import Role
from consult.comments.models import Comment, Contribution
from consult.comments.status import CommentStatus
from consult.consultations.phases import Audience, Phase
from consult.outbox import Job
from consult.replies.models import ReplyStatus
from consult.search.results import Order
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted
from tests.search.conftest import Index, results
from tests.search.test_engine_hostile import KILLERS


def choices(browser: Browser, q: str, **asked: str) -> list[str]:
    """The filters that the page offers, with their counts: "Comments 3"."""
    page = browser.get("/search", params={"q": q, **asked})
    hidden = page.html.select(".search-filters .vh")
    for element in hidden:
        element.extract()
    return [" ".join(link.get_text().split()) for link in page.html.select(".search-filters a")]


def test_finds_drafts_comments_and_replies_and_leads_to_them(
    browser: Browser, make: Factory, index: Index
) -> None:
    document = make.document(["The harbour plan", "Herons <b>nest</b> here & there.", "Stones."])
    slug, paragraph = document.consultation.slug, make.paragraph(document)
    comment = make.comment(paragraph, html="<p>I saw a heron.</p>", author_name="Ann <i>")
    reply = make.reply(comment, html="<p>So did the Heron Office.</p>")
    index.catch_up()
    page = browser.get("/search?q=heron")
    place = f"/consultations/{slug}/{document.slug}/p/{paragraph.key}"
    links = {link.get_text(): link["href"] for link in page.html.select(".hit-name a")}
    assert links == {
        "1.1, The harbour plan": place,
        "Comment on 1.1": f"/c/{comment.public_id}",
        "Official reply on 1.1": f"{place}?c={comment.public_id}#r-{reply.public_id}",
    }
    page.mustcontain(
        "<mark>Herons</mark> &lt;b&gt;nest&lt;/b&gt; here &amp; there.",
        "I saw a <mark>heron</mark>.",
        "Ann &lt;i&gt;",
        "So did the <mark>Heron</mark> Office.",
        '<span class="official">Official</span>',
        document.consultation.department.name,
        '<span class="answered">Answered</span>',
        "<b>3 results</b>",
        "<title>heron: search",
    )
    assert page.html.select_one(".site-q")["value"] == "heron"
    for href in links.values():
        assert browser.get(href.partition("#")[0], status="*").status_int in (200, 303)


def test_a_document_is_found_by_the_name_of_its_consultation(
    browser: Browser, make: Factory, index: Index
) -> None:
    consultation = make.consultation(title="Herons of the estuary", summary="What <they> need.")
    document = make.document(["A plan", "Words."], consultation=consultation)
    index.catch_up()
    page = browser.get("/search?q=estuary")
    (link,) = page.html.select(".hit-name a")
    assert link["href"] == f"/consultations/{consultation.slug}/{document.slug}"
    page.mustcontain("Herons of the estuary", "What &lt;they&gt; need.")


def test_filters_narrow_and_count(browser: Browser, make: Factory, index: Index) -> None:
    document, other = make.document(["Plan", "heron"]), make.document(["Other", "Words."])
    paragraph = make.paragraph(document)
    question = make.comment(paragraph, html="heron", contribution=Contribution.QUESTION)
    make.comment(paragraph, html="heron", contribution=Contribution.SUPPORT)
    make.comment(make.paragraph(other), html="heron", contribution=Contribution.QUESTION)
    make.reply(question, html="heron")
    index.catch_up()
    assert choices(browser, "heron") == [
        *("Everywhere 5", "Drafts 1", "Comments 3", "Official replies 1"),
        *("Either", "Answered 1", "Not yet 2"),
        *("All", "Question 2", "Support 1"),
        *("All 5", f"{document.consultation.title} 4", f"{other.consultation.title} 1"),
        *("Best first", "Newest first"),
    ]
    assert len(results(browser, "heron", **{"in": "paragraph"})) == 1
    assert len(results(browser, "heron", **{"in": "comment"})) == 3
    assert len(results(browser, "heron", **{"in": "reply"})) == 1
    assert len(results(browser, "heron", kind="question")) == 2
    assert len(results(browser, "heron", kind="question", status="answered")) == 1
    assert len(results(browser, "heron", status="unanswered")) == 2
    assert len(results(browser, "heron", consultation=other.consultation.slug)) == 1


def test_filters_stay_when_one_searches_on(browser: Browser, make: Factory, index: Index) -> None:
    make.comment(html="heron", contribution=Contribution.QUESTION)
    index.catch_up()
    page = browser.get("/search?q=heron&kind=question&order=newest")
    form = page.forms[next(n for n, f in page.forms.items() if "order" in f.fields)]
    form["q"] = "stork"
    assert form.submit().request.query_string == "q=stork&kind=question&order=newest"
    hrefs = [link["href"] for link in page.html.select(".search-filters a")]
    assert "/search?q=heron&order=newest" in hrefs
    assert "/search?q=heron&kind=question" in hrefs


def test_newest_first(browser: Browser, make: Factory, index: Index) -> None:
    paragraph = make.paragraph(make.document())
    for days in (3, 1, 2):
        when = clock.now() - timedelta(days=days)
        make.comment(paragraph, html=f"heron {days} " + "heron " * days, created_at=when)
    index.catch_up()
    page = browser.get("/search?q=heron&order=newest")
    words = [words.get_text().split()[1] for words in page.html.select(".hit-words")]
    assert words == ["1", "2", "3"]


def test_pages(browser: Browser, make: Factory, index: Index) -> None:
    paragraph = make.paragraph(make.document())
    for number in range(23):
        make.comment(paragraph, html=f"heron {number}")
    index.catch_up()
    first = browser.get("/search?q=heron")
    first.mustcontain("<b>23 results</b>, page 1 of 2")
    second = first.click("Next page")
    assert len(second.html.select(".hit")) == 3
    second.mustcontain("page 2 of 2")
    assert len(second.click("Previous page").html.select(".hit")) == 20
    past = browser.get("/search?q=heron&page=3")
    past.mustcontain("There is no page 3")
    assert len(past.click("Go to the first page").html.select(".hit")) == 20


GONE = {
    # A reply goes with the comment that it answers; one to what its author takes back stays.
    "hidden": ["Drafts 1"],
    "pending": ["Drafts 1"],
    "withdrawn": ["Drafts 1", "Official replies 1"],
    "reply": ["Drafts 1", "Comments 1"],
    "draft": ["Drafts 1"],
}


@pytest.mark.parametrize("what", GONE)
def test_what_is_hidden_is_gone_before_the_worker_comes(
    browser: Browser, make: Factory, index: Index, what: str
) -> None:
    make.document(["Plan", "A heron."])
    comment = make.comment(html="<p>heron</p>")
    reply = make.reply(comment, html="<p>heron</p>")
    index.catch_up()
    assert choices(browser, "heron")[:4] == [
        *("Everywhere 3", "Drafts 1", "Comments 1", "Official replies 1")
    ]
    match what:
        case "reply":
            reply.status = ReplyStatus.WITHDRAWN
        case "draft":
            comment.document.consultation.phase = Phase.DRAFT
        case status:
            comment.status = CommentStatus(status)
    make.db.commit()
    left = GONE[what]
    assert len(results(browser, "heron")) == len(left)
    browser.get("/search?q=heron").mustcontain(f"<b>{len(left)} result")
    # The counts of what this search does not even show are right as well.
    offered = choices(browser, "heron", **{"in": "paragraph"})
    assert offered[: len(left) + 1] == [f"Everywhere {len(left)}", *left]


def test_what_the_index_has_not_heard_of_at_all_is_left_out(
    browser: Browser, make: Factory, index: Index
) -> None:
    comment = make.comment(html="<p>heron</p>", contribution=Contribution.QUESTION)
    shown = make.comment(html="<p>heron</p>")
    index.catch_up()
    make.db.execute(
        update(Comment).where(Comment.id == comment.id).values(status=CommentStatus.HIDDEN)
    )
    make.db.execute(delete(Job))
    make.db.commit()
    page = browser.get("/search?q=heron")
    page.mustcontain("<b>1 result</b>")
    (link,) = page.html.select(".hit-name a")
    assert link["href"] == f"/c/{shown.public_id}"
    assert not any(choice.startswith("Question") for choice in choices(browser, "heron"))


def test_what_is_for_officials_only_officials_find(
    browser: Browser, make: Factory, index: Index
) -> None:
    consultation = make.consultation(audience=Audience.OFFICIALS, title="Heron secrets")
    comment = make.comment(
        make.paragraph(make.document(["Plan", "heron"], consultation=consultation)), html="heron"
    )
    make.reply(comment, html="heron")
    make.document(["Public", "heron"])
    index.catch_up()
    inside = browser.signed_in(make.holder(Role.OFFICIAL, make.department()))
    assert len(results(inside, "heron")) == 5
    for outside in (browser, browser.signed_in(make.account())):
        assert len(results(outside, "heron")) == 1
        page = outside.get(f"/search?q=heron&consultation={consultation.slug}")
        page.mustcontain("<b>1 result</b>", no="secrets")
        # The link for signing in repeats the address that was asked for.
        assert consultation.slug not in str(page.html.main)
    assert len(results(inside, "heron", consultation=consultation.slug)) == 4


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("phase", Phase)
def test_one_finds_where_one_may_read(
    browser: Browser, make: Factory, index: Index, phase: Phase, audience: Audience
) -> None:
    consultation = make.consultation(phase, audience=audience)
    document = make.document(["Plan", "heron"], consultation=consultation)
    people = [make.account(), make.holder(Role.OFFICIAL, make.department())]
    people += [make.holder(role, consultation) for role in Role]
    index.catch_up()
    for one in (browser, *(browser.signed_in(person) for person in people)):
        page = one.get(f"/consultations/{consultation.slug}/{document.slug}", status="*")
        may_read = page.status_int == 200 and phase is not Phase.DRAFT
        assert len(results(one, "heron")) == may_read


def test_says_what_to_do_where_there_is_nothing(
    browser: Browser, make: Factory, index: Index
) -> None:
    make.document(["Plan", "heron"])
    index.catch_up()
    browser.get("/search").mustcontain("How to find it", "pedestr*", no="result")
    browser.get("/search?q=%3F%3F").mustcontain("There is no word in that", "How to find it")
    none = browser.get("/search?q=heron&in=comment")
    none.mustcontain("Nothing was found.", "What else to try")
    assert len(none.click("Search everything for these words").html.select(".hit")) == 1


def test_says_what_of_a_search_was_not_used(browser: Browser, index: Index, make: Factory) -> None:
    make.document()
    index.catch_up()
    many = " ".join(f"w{n}" for n in range(20))
    browser.get("/search", params={"q": many}).mustcontain("Only the first 12 words were used.")
    browser.get("/search", params={"q": "he*"}).mustcontain("A star needs at least three letters")
    long = browser.get("/search", params={"q": "heron " * 100})
    long.mustcontain("Only the first 200 characters were used.")
    assert len(long.html.select_one("#q")["value"]) == 200


def test_a_search_that_cannot_be_says_so_and_heals(
    browser: Browser, make: Factory, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("consult.search"), "disabled", True)
    make.document(["Plan", "heron"])
    make.db.commit()
    page = browser.get("/search?q=heron", status=503)
    assert int(page.headers["Retry-After"]) > 0
    assert page.headers["Cache-Control"] == "no-store"
    page.mustcontain("The search is being rebuilt", no=["Nothing was found", "<b>0 results"])
    browser.get("/search")
    browser.get("/readyz")
    browser.get("/")
    index.catch_up()
    assert len(results(browser, "heron")) == 1


def test_says_when_it_was_not_searched_to_the_end(
    browser: Browser, make: Factory, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.document(["Plan", "heron"])
    index.catch_up()
    search = index.registry["search engine"].search
    monkeypatch.setattr(
        index.registry["search engine"],
        "search",
        lambda query, **asked: search(query, **asked | {"seconds": -1.0}),
    )
    browser.get("/search?q=heron").mustcontain("This search would have taken too long")


def test_the_page_is_cacheable_and_sets_no_cookie(
    browser: Browser, make: Factory, index: Index
) -> None:
    document = make.document(["Plan", "heron"])
    index.catch_up()
    page = browser.get("/search?q=heron")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-cache"
    same = browser.get(
        "/search?q=heron", headers={"If-None-Match": page.headers["ETag"]}, status=304
    )
    assert same.body == b""
    make.comment(make.paragraph(document), html="heron")
    index.catch_up()
    browser.get("/search?q=heron", headers={"If-None-Match": page.headers["ETag"]})
    personal = browser.signed_in(make.account()).get("/search?q=heron")
    assert personal.headers["Cache-Control"] == "no-store"
    assert "ETag" not in personal.headers


def test_the_number_of_queries_does_not_grow(
    browser: Browser, make: Factory, index: Index, connection: Connection
) -> None:
    def queries() -> int:
        index.catch_up()
        with counted(connection) as statements:
            browser.get("/search?q=heron")
        return len(statements)

    def talk() -> None:
        comment = make.comment(make.paragraph(make.document(["Plan", "heron"])), html="heron")
        make.reply(comment, html="heron")

    talk()
    # The consultations that one may read, what waits to be indexed, one for each kind found.
    assert queries() == 5
    for _time in range(6):
        talk()
    assert queries() == 5


def test_nothing_that_is_typed_keeps_the_search_for_long(
    browser: Browser, make: Factory, index: Index
) -> None:
    """How fast each is answered, the benchmark says; here none may run away."""
    make.document(["Sand", *(f"{n} " + "sand and stone word " * 2000 for n in range(20))])
    index.catch_up()
    browser.get("/search?q=sand")
    for killer in KILLERS:
        # The server takes no longer address, and no other characters.
        typed = killer.encode("utf-8", "replace").decode().replace("\x00", "")[:30_000]
        for order in Order:
            # Of the processor, since it is shared with whoever else is testing here.
            before = thread_time()
            page = browser.get("/search", params={"q": typed, "order": order.value})
            assert thread_time() - before < 5, typed[:60]
            page.mustcontain("</html>")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"page": "-1"},
        {"page": "9" * 30},
        {"page": "²"},
        {"in": "everything", "kind": "'", "status": "hidden", "order": "worst"},
        {"consultation": "../../etc/passwd"},
    ],
)
def test_nonsense_in_the_address_counts_as_not_said(
    browser: Browser, make: Factory, index: Index, nonsense: dict[str, str]
) -> None:
    make.document(["Plan", "heron"])
    index.catch_up()
    page = browser.get("/search", params={"q": "heron"} | nonsense)
    page.mustcontain("<b>1 result</b>")
    # The link for signing in repeats the address that was asked for.
    assert not [said for said in ("etc/passwd", "worst", "9999") if said in str(page.html.main)]


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script> heron", '" autofocus onfocus=alert(1) x="heron', "</title>x"]
)
def test_what_is_typed_is_shown_as_text(
    browser: Browser, index: Index, make: Factory, q: str
) -> None:
    make.comment(html="heron", author_name=q)
    index.catch_up()
    page = browser.get("/search", params={"q": q})
    for box in page.html.select("input[name=q]"):
        assert box["value"] == q
        assert "onfocus" not in box.attrs
    assert page.html.title.get_text().startswith(q)
    assert all(script.get("src") for script in page.html.select("script"))
