"""A database from before numbers stayed as they were typed is brought up to date."""

import json

import pytest

from consult.commands.migrate import migrate
from tests.old_databases import Old

TYPED = "My answers:\n\n1. Yes\n3. No\n\n5*3*2"
COUNTED = "<p>My answers:</p>\n<ol>\n<li>Yes</li>\n<li>No</li>\n</ol>\n<p>5<em>3</em>2</p>"
RIGHT = "<p>My answers:</p>\n<ul>\n<li>1. Yes</li>\n<li>3. No</li>\n</ul>\n<p>5*3*2</p>"
PLAIN = {"source": "Trees *please*.", "html": "<p>Trees <em>please</em>.</p>"}
WRONG = {"source": TYPED, "html": COUNTED}


@pytest.fixture
def rows(old: Old) -> Old:
    """Give a site of before with two comments, an earlier text, a reply and a consultation's rules."""
    old.add("account", id=1, state="active")
    old.add("department", id=1)
    old.add(
        "consultation", id=1, audience="public", phase="open", commenters="everyone",
        moderation="report", house_rules=TYPED, house_rules_html=COUNTED, privacy_notice=TYPED,
        privacy_notice_html=COUNTED,
    )  # fmt: skip
    old.add("document", id=1, activity=7)
    old.add("paragraph", id=1)
    old.add("version", id=1, state="working", findings=[])
    facts = {"contribution": "comment", "stance": "", "status": "published"}
    old.add("comment", id=1, **facts, **WRONG, revision=2)
    old.add("comment", id=2, **facts, **PLAIN)
    old.add("comment", id=3, **facts | {"status": "hidden"}, source="", html="")
    old.add("comment_revision", id=1, **WRONG)
    old.add("official_reply", id=4, status="published", **WRONG)
    return old


def test_what_was_counted_anew_reads_as_it_was_typed(rows: Old) -> None:
    migrate(rows.engine)
    assert rows.asked("SELECT id, source, html FROM comment ORDER BY id") == [
        (1, TYPED, RIGHT),
        (2, PLAIN["source"], PLAIN["html"]),
        (3, "", ""),
    ]
    for question in (
        "SELECT source, html FROM comment_revision",
        "SELECT source, html FROM official_reply",
        "SELECT house_rules, house_rules_html FROM consultation",
        "SELECT privacy_notice, privacy_notice_html FROM consultation",
    ):
        assert rows.asked(question) == [(TYPED, RIGHT)]


def test_search_and_finished_pages_hear_of_it(rows: Old) -> None:
    migrate(rows.engine)
    ((payload, state),) = rows.asked("SELECT payload, state FROM job WHERE kind = 'index'")
    said = json.loads(payload) if isinstance(payload, str) else payload
    assert said == {"changed": ["comment:1", "reply:4"]} and state == "waiting"
    assert rows.asked("SELECT activity FROM document") == [(8,)]


def test_many_are_rendered_in_several_goes(rows: Old) -> None:
    facts = {"contribution": "comment", "stance": "", "status": "published"}
    many = [facts | {"id": id_, "source": "3. a", "html": "<ol>"} for id_ in range(10, 1020)]
    rows.add_all("comment", many)
    migrate(rows.engine)
    found = "SELECT count(*) FROM comment WHERE html LIKE '%<li>3. a</li>%'"
    assert rows.asked(found) == [(1010,)]
    assert rows.asked("SELECT count(*) FROM job WHERE kind = 'index'") == [(3,)]
