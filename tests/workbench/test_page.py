"""What the workbench shows, as a page and in the parts that a script asks for."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from tests.queries import counted
from tests.workbench.conftest import TEXTS, Workbench

PART = {"HX-Request": "true"}
REPORT = [
    {"place": "line 3", "message": "A picture without a description.", "key": "k3", "looked": ""},
    {"place": "line 9", "message": "A list of contents.", "key": "gone", "looked": ""},
    {"place": "", "message": "Two links were made plain text.", "key": "", "looked": "yes"},
]


def test_every_paragraph_stands_there_with_what_it_is(bench: Workbench) -> None:
    bench.sets("k3", kind=Kind.HEADING, level=2, html="Buses <em>run</em>")
    page = bench.browser.get(bench.base)
    rows = page.html.select(".bench-row")
    assert [row["id"] for row in rows] == ["p-k1", "p-k2", "p-k3", "p-k4"]
    assert rows[2].select_one(".bench-kind").text.strip() == "Heading 2"
    assert rows[2].select_one("h3 em").text == "run"
    assert rows[1].select_one(".n").text == "1.1"
    assert "Paragraphs 2" in " ".join(page.html.select_one(".bench-facts").text.split())
    assert len(page.html.select("textarea")) == 0, "forms are there when they are asked for"
    preview = bench.browser.get(bench.base.replace("/workbench", "/preview"))
    preview.mustcontain(f'href="{bench.base}"')


def test_one_paragraph_is_opened_at_a_time(bench: Workbench) -> None:
    page = bench.browser.get(f"{bench.base}?edit=k3")
    [panel] = page.html.select("textarea")
    assert panel.text.strip() == TEXTS[2] and panel.find_parent("li")["id"] == "p-k3"
    for nobody in ("k9", "", "x" * 3000, "%3Cscript%3E"):
        assert not bench.browser.get(f"{bench.base}?edit={nobody}&add={nobody}").html.select(
            "textarea"
        )


@pytest.mark.parametrize("number", [3, 300])
def test_the_number_of_questions_does_not_grow(
    bench: Workbench, connection: Connection, db: Session, number: int
) -> None:
    fields = {"text": "\n\n".join(["More."] * number), "kind": "note", "level": "1", "label": ""}
    bench.browser.post(f"{bench.base}/k4/add", fields)
    for path, most in ((bench.base, 9), (f"{bench.base}?edit=k3", 11)):
        with counted(connection) as questions:
            bench.browser.get(path)
        assert len(questions) <= most, questions
    with counted(connection) as questions:
        bench.acts("k3", "up")
    assert len(questions) <= 45, questions


def test_a_script_gets_the_rows_that_changed_with_the_ones_before_them(bench: Workbench) -> None:
    part = bench.acts(
        "k2", text="Trees are planted.\n\nBenches are built.", status=200, in_part=True
    )
    rows = part.html.select(".bench-row")
    assert [row["data-after"] for row in rows] == ["k1", "k2"]
    assert part.html.select_one("[data-part]")["data-said"] == "1.1 was split."
    assert part.html.select_one("[data-part]")["data-focus"] == "k2"
    new = rows[1]["id"].removeprefix("p-")
    part = bench.acts("k2", "merge", status=200, in_part=True)
    assert part.html.select_one("[data-part]")["data-gone"] == new
    number = part.html.select_one("[name=undo]")["value"]
    part = bench.browser.post(f"{bench.base}/steps", {"undo": number}, 200, headers=PART)
    assert [row["id"] for row in part.html.select(".bench-row")] == ["p-k2", f"p-{new}"]
    assert part.html.select_one("[data-part]")["data-said"].startswith("Undone: 1.1 was merged")
    assert "<html" not in part


def test_a_script_opens_and_closes_a_form_by_asking_for_its_row(bench: Workbench) -> None:
    opened = bench.browser.get(f"{bench.base}?edit=k3", headers=PART)
    assert [row["id"] for row in opened.html.select(".bench-row")] == ["p-k3"]
    assert opened.html.select("textarea")
    closed = bench.browser.get(f"{bench.base}?show=k3", headers=PART)
    assert [row["id"] for row in closed.html.select(".bench-row")] == ["p-k3"]
    assert not closed.html.select("textarea")
    added = bench.browser.get(f"{bench.base}?add=k3", headers=PART)
    assert added.html.select_one("#new")["data-after"] == "k3"


def test_a_script_is_told_of_conflicts_and_errors_in_the_row(bench: Workbench) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Mine."}
    bench.acts("k3", text="Theirs.")
    part = bench.browser.post(f"{bench.base}/k3", mine, 409, headers=PART)
    assert part.html.select_one("#p-k3 textarea").text.strip() == "Mine."
    part.mustcontain("Theirs.", "was changed while you had it open")
    part = bench.acts("k3", status=422, in_part=True, text=" ")
    assert part.html.select_one("#p-k3 [data-error-summary]")


def test_a_moved_paragraph_stays_open_where_its_form_was(bench: Workbench) -> None:
    assert bench.acts("k3", "up", status=200, in_part=True).html.select("#p-k3 textarea")
    fields = {"act": "up"}
    part = bench.browser.post(f"{bench.base}/k4", fields, 200, headers=PART)
    assert part.html.select("#p-k4") and not part.html.select("textarea")


def test_the_report_leads_to_the_places_and_is_ticked_off(bench: Workbench, db: Session) -> None:
    bench.version.findings = REPORT
    db.commit()
    page = bench.browser.get(bench.base)
    page.mustcontain("1 of 3 looked at")
    report = page.html.select_one(".report")
    assert [a["href"] for a in report.select("li a")] == ["#p-k3"], "the other place is gone"
    assert "A picture without" in page.html.select_one("#p-k3 .bench-flags").text
    form = next(f for f in page.forms.values() if str(f.action).endswith("/findings"))
    form.set("looked", True, 0)
    form.set("looked", False, 2)
    form.submit(status=303)
    db.expire_all()
    assert [finding["looked"] for finding in bench.version.findings] == ["yes", "", ""]
    page = bench.browser.get(bench.base)
    assert not page.html.select("#p-k3 .bench-flags")


def test_two_people_tick_off_one_report(bench: Workbench, db: Session) -> None:
    bench.version.findings = REPORT
    db.commit()
    was = {"source": "", "was": "2"}
    bench.browser.app.set_cookie("csrf", "token")
    for looked in ("0", "1"):
        bench.browser.post(f"{bench.base}/findings", was | {"looked": looked})
    assert [finding["looked"] for finding in bench.version.findings] == ["yes", "yes", ""]
    stale = {"source": "another file", "looked": "2"}
    bench.browser.post(f"{bench.base}/findings", stale, 409).mustcontain("was replaced")
    for nonsense in ("99", "x", "9" * 30):
        bench.browser.post(f"{bench.base}/findings", {"source": "", "looked": nonsense})
    assert [finding["looked"] for finding in bench.version.findings] == ["yes", "yes", ""]


HOSTILE = [
    "<script>alert(1)</script> words",
    '<img src=x onerror="alert(1)"> words',
    "[words](javascript:alert(1))",
    '[words](//evil.example) <a href="javascript:alert(1)">words</a>',
    '<span lang="en" onclick="alert(1)">words</span>',
    "<sup onmouseover=alert(1)>words</sup>",
    "</textarea></form><script>alert(1)</script> words",
    '<abbr title="a" style="x">words</abbr> <table><tr><td>words',
    "words \x00\x1b\u202e\u2029 words",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["paragraph", "heading", "code", "table"])
def test_hostile_text_is_only_text(bench: Workbench, text: str, kind: str) -> None:
    if kind == "table":
        text = text.replace("<table><tr><td>", "")
        text = f"<table><tbody><tr><td>{text}</td></tr></tbody></table>"
        bench.sets("k3", kind=Kind.TABLE, html="<table><tbody></tbody></table>")
    elif kind == "code":
        bench.sets("k3", kind=Kind.CODE)
    bench.acts("k3", kind=kind, text=text, label="<script>alert(2)</script>")
    for page in (bench.browser.get(bench.base), bench.browser.get(f"{bench.base}?edit=k3")):
        assert not page.html.select(
            "main script, main img, main [onclick], main [onmouseover], main [style]"
        )
        assert not [a for a in page.html.select("main .w a") if not a["href"].startswith("http")]
        assert "words" in page.html.select_one("#p-k3 .w").text
    assert len(page.html.select("#p-k3 form")) == 1
