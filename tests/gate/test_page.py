"""The gate as officials see it, without JavaScript."""

import pytest
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.blocks.blocks import Kind
from consult.comments.models import Contribution
from consult.comments.status import CommentStatus
from consult.consultations.phases import Phase
from consult.drafts.models import Proposal, Wording
from consult.fates.fates import fate_of
from consult.intake.publish import publish_version
from consult.text import plain_text
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.conftest import Gate, Plan
from tests.gate.pages import facts, names, questions
from tests.gate.texts import Author
from tests.queries import counted

AUTHOR = Author(7)
A, B, C, D, E = (AUTHOR.paragraph() for _n in range(5))
B_ANEW, C_ANEW, D_ANEW = (AUTHOR.changed(text, 0.6) for text in (B, C, D))


def test_every_paragraph_is_in_a_line_with_what_hangs_on_it(gate: Gate, plan: Plan) -> None:
    first = plan.publishes(A, B, C, D)
    a, b = plan.at(first, 1), plan.at(first, 2)
    for status in (CommentStatus.PUBLISHED, CommentStatus.PENDING, CommentStatus.HIDDEN):
        plan.comment(a, first, status=status, suggestion="Fewer.")
    plan.comment(b, first, contribution=Contribution.QUESTION)
    answered = plan.comment(b, first, contribution=Contribution.QUESTION)
    plan.make.reply(answered)
    plan.imports(f"{A} And more.", C, D, E)
    page = gate.get()
    assert facts(page) == {
        "Unchanged": "3",
        "Edited": "1",
        "Moved": "0",
        "Split": "0",
        "Merged": "0",
        "Removed": "1",
        "New": "1",
    }
    page.mustcontain("<b>2</b> comments go along to version 2", "<b>2</b> are on removed")
    assert names(page) == ["1", "2", "4"], "all changes, where nothing is in doubt"
    rows = page.html.select(".row")
    assert " ".join(rows[0].select_one(".stakes").text.split()) == "2 comments · 2 suggestions"
    assert "1 unanswered question" in rows[1].text
    assert "And more." in rows[0].ins.text
    assert [row.select_one(".tag").text for row in rows] == ["Edited", "Removed", "New"]
    assert names(gate.get("?show=unchanged")) == [
        "the draft as a whole",
        "3 → becomes 2",
        "4 → becomes 3",
    ]
    assert names(gate.get("?show=commented")) == ["1", "2"]
    assert names(gate.get("?show=removed&from=nowhere")) == ["2"]
    gate.get("?show=%3Cscript%3E").mustcontain(no="<script>alert")


def test_deciding_one_after_the_other(gate: Gate, plan: Plan, db: Session) -> None:
    first = plan.publishes(A, B, C, D)
    b, c = plan.at(first, 2), plan.at(first, 3)
    plan.comment(b, first)
    second = plan.imports(A, B_ANEW, C_ANEW, D)
    page = gate.get()
    assert questions(page) == [b.key, c.key]
    page.mustcontain("1 paragraph with comments is in doubt", no="Publish it for readers")
    answer = gate.decide(page, b.key)
    assert answer.headers["Location"].endswith(f"show=doubtful#p-{c.key}")
    page = gate.get()
    assert questions(page) == [c.key]
    page.mustcontain("You decided: <bdi>2</bdi> is now <bdi>2</bdi>", "nobody has commented on it")
    gate.decide(page, c.key, fate="removed")
    assert {fate.kind.value for fate in fate_of(db, c, second)} == {"removed"}
    page = gate.get()
    page.mustcontain("Nothing is in doubt", "You decided: <bdi>3</bdi> is removed")
    assert names(gate.get("?show=decided")) == ["2", "3"]
    gate.browser.post(gate.path, {"act": "undo"})
    assert questions(gate.get()) == [c.key]


def test_several_at_once_and_all_that_are_alike(gate: Gate, plan: Plan, db: Session) -> None:
    first = plan.publishes(A, B, C, D)
    b, c, d = (plan.at(first, n) for n in (2, 3, 4))
    second = plan.imports(A, B_ANEW, C_ANEW, D_ANEW)
    page = gate.get()
    gate.tick(page, status=422).mustcontain("Tick the paragraphs")
    gate.tick(page, b.key, d.key)
    page = gate.get()
    assert questions(page) == [c.key]
    page.mustcontain("You decided on 2 paragraphs at once")
    gate.browser.post(gate.path, {"act": "undo"})
    assert questions(gate.get()) == [b.key, c.key, d.key]
    page = gate.get()
    page.mustcontain(no="at least 90% alike")
    for fate in fate_of(db, d, second):
        fate.likeness = 0.95
    db.commit()
    page = gate.get()
    page.mustcontain("Confirm the 1 that is at least 90% alike")
    gate.browser.post(gate.path, gate.form(page, act="alike"))
    assert questions(gate.get()) == [b.key, c.key]


def test_after_confirming_at_a_stroke_one_is_where_the_rest_begins(
    gate: Gate, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B, C, D)
    b, c, d = (plan.at(first, n) for n in (2, 3, 4))
    second = plan.imports(A, B_ANEW, C_ANEW, D_ANEW)
    for fate in (*fate_of(db, b, second), *fate_of(db, d, second)):
        fate.likeness = 0.95
    db.commit()
    answer = gate.browser.post(gate.path, gate.form(gate.get(), act="alike"))
    assert answer.headers["Location"].endswith(f"#p-{c.key}")
    answer = gate.decide(gate.get(), c.key)
    assert answer.headers["Location"].endswith("#entries"), "nothing is left"


def test_what_the_version_waits_for_is_a_filter_of_its_own(gate: Gate, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    b, c = plan.at(first, 2), plan.at(first, 3)
    plan.comment(b, first)
    plan.imports(A, B_ANEW, C_ANEW)
    page = gate.get()
    assert questions(page) == [b.key, c.key]
    page = page.click("Decide now")
    assert questions(page) == [b.key]
    answer = gate.decide(page, b.key)
    page = gate.browser.get(answer.headers["Location"].split("#")[0])
    page.mustcontain("Nothing that people commented on is in doubt.")
    assert questions(page.click("Decide on the rest")) == [c.key]
    tabs = gate.get().html.select_one(".tabs").text
    assert "In doubt, commented" not in tabs, "it would show what is in doubt, and nothing else"


@pytest.mark.parametrize(("likeness", "offered"), [(0.49, False), (0.5, True)])
def test_what_surely_is_somebody_else_is_offered_only_where_it_is_much_alike(
    gate: Gate, plan: Plan, db: Session, likeness: float, offered: bool
) -> None:
    plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, f"{C} More.")
    gate.get()
    # Places count from the title; C is surely what comes last.
    db.get_one(Proposal, second.id).candidates = {"2": [[2, 0.45], [3, likeness]]}
    db.commit()
    radios = [radio["value"] for radio in gate.get().html.select("[type=radio]")]
    assert (plan.at(second, 3).key in radios) == offered
    assert plan.at(second, 2).key in radios


def test_a_table_is_asked_about_as_a_table(gate: Gate, plan: Plan, db: Session) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{A.split()[n]}</td></tr>" for n in range(6))
    first = plan.publishes(A, B, C)
    second = plan.imports(A, f"<table><tbody>{rows}</tbody></table>", C)
    db.execute(
        update(Wording)
        .where(Wording.version_id == second.id, Wording.position == 3)
        .values(kind=Kind.TABLE, text=plain_text(rows))
    )
    db.commit()
    plan.decides(second, plan.at(first, 2), plan.at(second, 2))
    for query in (f"?p={plan.at(first, 2).key}", "?show=decided"):
        page = gate.get(query)
        cells = [cell.text for cell in page.html.select(".draft table td")]
        assert cells[::2] == [f"inserted: {n}" for n in range(6)]
        assert B in page.html.select_one(".draft > .scroll > p > del").text


def test_another_paragraph_is_found_by_its_number_or_its_words(
    gate: Gate, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, D, C, E)
    b = plan.at(first, 2)
    page = gate.get()
    for typed, sentence in (
        ("", "Type the number"),
        ("99", "Nothing in the new version is called “99”"),
        ("<script>alert(1)</script>", "called “&lt;script&gt;alert(1)"),
        (E[:20].upper(), "Choose one of those that were found"),
    ):
        refused = gate.decide(page, b.key, 422, fate="other", other=typed)
        refused.mustcontain(sentence)
        assert questions(refused) == [b.key]
        assert typed in [field.get("value") for field in refused.html.select("[data-other]")]
    found = [radio["value"] for radio in refused.html.select("[type=radio]")]
    assert plan.at(second, 5).key in found
    gate.decide(page, b.key, 422, fate="no such key").mustcontain("Choose what became")
    gate.decide(page, b.key, fate="other", other="3., 5")
    assert {f.new_id for f in fate_of(db, b, second)} == {
        plan.at(second, 3).id,
        plan.at(second, 5).id,
    }
    gate.get(f"?p={b.key}").mustcontain("decided on", "split")
    gate.decide(gate.get(f"?p={b.key}"), b.key, fate=plan.at(second, 2).key)
    assert [f.new_id for f in fate_of(db, b, second)] == [plan.at(second, 2).id]


def test_what_is_sure_can_be_corrected_and_taken_back(gate: Gate, plan: Plan, db: Session) -> None:
    first = plan.publishes(A, B)
    second = plan.imports(A, B, C)
    b = plan.at(first, 2)
    page = gate.get(f"?p={b.key}")
    gate.decide(page, b.key, fate=plan.at(second, 3).key)
    assert plan.stated(second) >= {(2, 3, "edited"), (0, 2, "new")}
    page = gate.get("?show=decided")
    gate.browser.post(gate.path, gate.form(page, act="undo", p=b.key))
    assert plan.stated(second) == {(1, 1, "unchanged"), (2, 2, "unchanged"), (0, 3, "new")}


def test_two_officials_do_not_overrule_each_other_unawares(
    gate: Gate, browser: Browser, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B, C)
    second = plan.imports(A, B_ANEW, C_ANEW)
    b, c = plan.at(first, 2), plan.at(first, 3)
    bea = plan.make.holder(Role.OFFICIAL, plan.consultation, display_name="Bea <i>Brown</i>")
    mine, hers = gate.get(), Gate(browser, plan, bea)
    hers.decide(hers.get(), b.key, fate="removed")
    for answer in (gate.decide(mine, b.key, 409), gate.tick(mine, b.key, c.key, status=409)):
        answer.mustcontain(
            "Somebody else decided this",
            "<bdi>Bea &lt;i&gt;Brown&lt;/i&gt;</bdi> decided on",
            "it is removed",
        )
        assert questions(answer) == [b.key]
    assert [f.decided_by_id for f in fate_of(db, b, second)] == [bea.id]
    assert [f.decided_by_id for f in fate_of(db, c, second)] == [None], "nothing of it was kept"
    gate.decide(gate.get(f"?p={b.key}"), b.key, fate=plan.at(second, 2).key)
    (fate,) = fate_of(db, b, second)
    assert fate.decided_by_id == plan.official.id and fate.kind.value == "edited"


def test_the_same_decision_twice_does_no_harm(gate: Gate, plan: Plan) -> None:
    first = plan.publishes(A, B)
    plan.imports(A, B_ANEW)
    page, key = gate.get(), plan.at(first, 2).key
    gate.decide(page, key)
    gate.decide(page, key)


def test_where_there_is_no_gate(gate: Gate, plan: Plan) -> None:
    plan.imports(A, B)
    assert gate.get(status=303).headers["Location"].endswith("/plan/preview")
    for act in ("decide", "ticked", "alike", "undo"):
        answer = gate.browser.post(gate.path, {"act": act})
        assert answer.headers["Location"].endswith("/plan/preview")
    publish_version(plan.db, plan.document.versions[0])
    plan.db.commit()
    for answer in (gate.get(status=303), gate.browser.post(f"{gate.path}/pass")):
        assert answer.headers["Location"].endswith(f"/{plan.consultation.slug}")
    gate.browser.post(gate.path, {"act": "else"}, status=404)


def test_the_preview_leads_to_the_gate(gate: Gate, plan: Plan) -> None:
    plan.publishes(A, B)
    plan.imports(A, C)
    page = gate.browser.get(f"{plan.base}/preview")
    assert page.html.select_one(f'a[href="{plan.base}/gate"]')
    assert not [form for form in page.forms.values() if form.action.endswith("/publish")]
    answer = gate.browser.post(f"{plan.base}/publish", {"what_changed": "Much."})
    assert answer.headers["Location"].endswith("/plan/gate")


def test_only_those_who_may_publish_come_to_the_gate(
    gate: Gate, browser: Browser, make: Factory, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B)
    second = plan.imports(A, B_ANEW)
    fields = gate.form(gate.get(), act="decide", p=plan.at(first, 2).key)
    # What is made for one person is not acted on for another anyway.
    del fields["signed_in_as"]
    others = [
        make.account(),
        make.holder(Role.MODERATOR, plan.consultation),
        make.holder(Role.SIGNATORY, plan.consultation),
        make.holder(Role.OFFICIAL, make.department()),
    ]
    for account in others:
        other = browser.signed_in(account)
        other.get(gate.path, status=403)
        other.post(gate.path, fields, status=403)
        other.post(f"{gate.path}/pass", {"what_changed": "Mine."}, status=403)
    assert "/sign-in" in browser.get(gate.path, status=303).headers["Location"]
    assert fate_of(db, plan.at(first, 2), second)[0].decided_by_id is None
    plan.consultation.phase = Phase.ANSWERED
    db.commit()
    gate.get(status=403)


def test_names_keep_their_own_direction(gate: Gate, plan: Plan) -> None:
    first = plan.publishes(A, B, C)
    b = plan.at(first, 2)
    plan.comment(b, first)
    plan.imports(A, B_ANEW, C_ANEW)
    plan.official.display_name = "נועה"
    plan.db.commit()
    asked = gate.get()
    gate.decide(asked, b.key)
    pages = [asked, gate.get(f"?p={b.key}"), gate.get("?show=decided")]
    pages[1].mustcontain("<bdi>נועה</bdi> decided on")
    pages[2].mustcontain("Decided by <bdi>נועה</bdi>")
    for page in pages:
        spoken = [vh for vh in page.html.select(".question .vh, .row-acts .vh") if "2" in vh.text]
        assert spoken and all(vh.bdi is not None and vh.bdi.text == "2" for vh in spoken)


def test_markup_in_a_draft_is_only_text(gate: Gate, plan: Plan) -> None:
    evil = '<script>alert(1)</script> " onmouseover="alert(2)" {{ 7 * 7 }} ‮'
    plan.publishes(f"{A} {evil}", f"{B} {evil}", C)
    plan.imports(f"{A} {evil} {evil}", f"{evil} {B_ANEW}", D)
    for query in ("", "?show=changed", "?show=unchanged", f"?p={evil}", f"?from={evil}"):
        page = gate.get(query.replace('"', "%22").replace("‮", "").replace(" ", "+"))
        page.mustcontain(no=["<script>alert", 'onmouseover="alert(2)" {{'])


@pytest.mark.parametrize("size", [3, 130])
def test_the_page_costs_the_same_however_long_the_draft(
    gate: Gate, plan: Plan, connection: Connection, size: int
) -> None:
    author = Author(9)
    texts = [author.paragraph() for _n in range(size)]
    first = plan.publishes(*texts)
    for n in range(1, 4):
        plan.comment(plan.at(first, n), first)
    plan.imports(*[author.changed(t, 0.6 if n < 25 else 0.05) for n, t in enumerate(texts)])
    gate.get()
    for query, number in (("?show=doubtful", 14), ("?show=changed", 13)):
        with counted(connection) as statements:
            page = gate.get(query)
        assert len(statements) == number
    assert len(page.html.select(".row")) <= 100


def test_long_lists_are_paged(gate: Gate, plan: Plan) -> None:
    texts = [Author(n).sentence(12) for n in range(130)]
    plan.publishes(*texts)
    plan.imports(*[f"{text} More." for text in texts])
    page = gate.get("?show=edited")
    assert len(page.html.select(".row")) == 100
    page.mustcontain("1 to 100 of 130")
    page = gate.browser.get(page.html.select_one(".page-next")["href"])
    assert names(page)[0] == "101" and len(names(page)) == 30
    assert gate.browser.get(page.html.select_one(".page-previous")["href"]).html.select(".row")


def test_comments_on_what_was_merged_count_with_what_it_became(
    gate: Gate, plan: Plan, db: Session
) -> None:
    first = plan.publishes(A, B, C)
    for place in (1, 2, 3):
        plan.comment(plan.at(first, place), first)
    second = plan.publishes(f"{A} {B}")
    plan.comment(plan.at(second, 1), second)
    plan.imports(f"{A} {B} And more.")
    gate.get().mustcontain("<b>3</b> comments go along to version 3", no="on a removed paragraph")
