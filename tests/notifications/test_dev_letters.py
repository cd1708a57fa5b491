"""Reading letters on a page, in development and nowhere else."""

from pathlib import Path

import pytest
from pyramid.router import Router
from webtest import TestApp

from consult import main
from consult.comments.events import CommentPosted
from consult.notifications import dev_letters
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice

NEW = {"name": "Ada King", "email": "ada@example.org", "password": "heather on the moor"}


def test_a_newcomer_finds_the_letter_and_follows_its_link(
    browser: Browser, post: PostOffice
) -> None:
    browser.get("/dev/letters").mustcontain("No letter has been sent yet.")
    browser.post("/register", NEW)
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    post.deliver()
    page = browser.get("/dev/letters")
    page.mustcontain("ada@example.org")
    subjects = [link.text for link in page.html.select("td a")]
    assert subjects == ["Choose a new password", "Confirm your e-mail address"]
    letter = page.click("Confirm your e-mail address")
    text, markup = letter.html.find("pre"), letter.html.find(class_="card")
    links = [form.find("a", href=lambda to: "/confirm/" in to)["href"] for form in (text, markup)]
    assert links[0] == links[1]
    browser.get(links[0])


def test_what_people_wrote_is_text_there(
    app: Router, browser: Browser, make: Factory, post: PostOffice
) -> None:
    comment = make.comment()
    answer = make.comment(comment.paragraph, parent=comment, author_name="<script>x</script>")
    answer.html = "<p>&lt;img src=x onerror=alert(1)&gt;</p>"
    app.registry.notify(CommentPosted(answer))
    post.deliver()
    page = browser.get("/dev/letters").click("Somebody answered your comment")
    assert "<script>x" not in page.text and "<img" not in page.text
    page.mustcontain("&lt;img src=x onerror=alert(1)&gt;")


def test_the_list_is_paged(
    browser: Browser, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev_letters, "SIZE", 2)
    for number in range(3):
        browser.post("/register", NEW | {"email": f"ada{number}@example.org"})
    post.deliver()
    page = browser.get("/dev/letters")
    assert "ada0@" not in page.text and "ada1@" in page.text and "ada2@" in page.text
    page = page.click("Next page")
    assert "ada0@" in page.text and "ada1@" not in page.text


@pytest.mark.parametrize(
    "name", ["x", "..%2F..%2Fsecret", "20260101T000000000000Z-" + "0" * 32 + ".eml"]
)
def test_only_letters_are_read(name: str, browser: Browser, post: PostOffice) -> None:
    browser.get(f"/dev/letters/{name}", status=404)


def test_in_production_there_are_no_such_pages(app: Router, tmp_path: Path) -> None:
    database = app.registry["settings"].database
    production = main({}, **{"consult.data": str(tmp_path), "consult.database": database})
    production.registry["sessions"].kw["bind"].dispose()
    name = "20260101T000000000000Z-" + "0" * 32 + ".eml"
    for path in ("/dev/letters", f"/dev/letters/{name}"):
        TestApp(production).get(path, status=404)
