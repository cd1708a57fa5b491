"""Two officials at one working version, and who may come near it at all."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.blocks.blocks import Block, Draft, Kind
from consult.consultations.phases import Phase
from consult.drafts.models import VersionState
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.browser import Browser
from tests.factories import Factory
from tests.workbench.conftest import TEXTS, Workbench


def test_a_paragraph_that_a_colleague_changed_is_not_overwritten(bench: Workbench) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Trams run all night."}
    theirs = bench.typed("k3", bench.other) | {"act": "save", "text": "Ferries run all night."}
    bench.other.post(f"{bench.base}/k3", theirs)
    page = bench.browser.post(f"{bench.base}/k3", mine, 409)
    page.mustcontain("<bdi>Bea Colleague</bdi> changed this paragraph", "Ferries run all night.")
    form = next(f for f in page.forms.values() if "/workbench/k3#" in str(f.action))
    assert form["text"].value.strip() == "Trams run all night."
    assert bench.texts()[2] == "1.2 Ferries run all night."
    form.submit("act", value="save", status=303)
    assert bench.texts()[2] == "1.2 Trams run all night."


@pytest.mark.parametrize("act", ["merge", "drop", "up", "place"])
def test_nothing_is_done_to_a_paragraph_that_has_changed_meanwhile(
    bench: Workbench, act: str
) -> None:
    mine = bench.typed("k3") | {"act": act}
    bench.acts("k3", kind="heading", level="2")
    before = bench.rows()
    bench.browser.post(f"{bench.base}/k3", mine, 409).mustcontain(
        "was changed while you had it open", "<h3>"
    )
    assert bench.rows() == before


def test_acts_on_different_paragraphs_do_not_disturb_each_other(bench: Workbench) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Trams run all night."}
    theirs = bench.typed("k2", bench.other) | {"act": "save", "text": "Trees.\n\nBenches."}
    bench.other.post(f"{bench.base}/k2", theirs)
    bench.browser.post(f"{bench.base}/k3", mine)
    assert bench.texts() == [
        TEXTS[0],
        "1.1 Trees.",
        "Benches.",
        "1.2 Trams run all night.",
        "1.3 Parks are open.",
    ]


def test_only_what_was_seen_to_follow_is_merged(bench: Workbench) -> None:
    mine = bench.typed("k2") | {"act": "merge"}
    bench.acts("k3", "down")
    bench.browser.post(f"{bench.base}/k2", mine, 409).mustcontain("nothing was merged")
    assert bench.keys() == ["k1", "k2", "k4", "k3"]


@pytest.mark.parametrize("gone", ["drop", "merge"])
def test_what_was_typed_about_a_paragraph_that_is_gone_is_given_back(
    bench: Workbench, gone: str
) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Trams run all night."}
    bench.acts(*{"drop": ("k3", "drop"), "merge": ("k2", "merge")}[gone])
    page = bench.browser.post(f"{bench.base}/k3", mine, 409)
    page.mustcontain("not in the text any more", "Trams run all night.")
    fields = {"text": "Added.", "kind": "paragraph", "level": "1", "label": ""}
    bench.browser.post(f"{bench.base}/k3/add", fields, 409).mustcontain("Added.")
    part = bench.browser.post(
        f"{bench.base}/k4", {"act": "behind", "behind": "k3"}, 409, headers={"HX-Request": "true"}
    )
    part.mustcontain("nothing was moved")


def test_a_replaced_draft_takes_nothing_typed_about_the_one_before(
    bench: Workbench, tmp_path: object
) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Trams run all night."}
    title = Block(Kind.TITLE, 0, "", "Other", "Other")
    other = Draft((title, Block(Kind.PARAGRAPH, 0, "", "New.", "New.")), (), None, "markdown")
    import_draft(
        bench.db,
        bench.document.consultation,
        bench.document.slug,
        other,
        source=b"",
        data=tmp_path,  # type: ignore[arg-type]
        replace_working=True,
    )
    bench.db.commit()
    bench.browser.post(f"{bench.base}/k3", mine, 404).mustcontain("Trams run all night.")
    assert bench.texts() == ["Other", "New."]


def test_undoing_takes_back_only_what_one_has_read_of(bench: Workbench) -> None:
    bench.acts("k3", "drop")
    number = bench.browser.get(bench.base).html.select_one("[name=undo]")["value"]
    fields = bench.typed("k2", bench.other) | {"act": "save", "text": "Trees."}
    bench.other.post(f"{bench.base}/k2", fields)
    page = bench.browser.post(f"{bench.base}/steps", {"undo": number}, 409)
    page.mustcontain("nothing was undone")
    assert bench.texts() == [TEXTS[0], "1.1 Trees.", "1.3 Parks are open."]
    bench.undoes()
    for nonsense in ("", "x", "9" * 30, "-1", "²"):
        bench.browser.post(f"{bench.base}/steps", {"undo": nonsense}, 409)
    assert bench.texts() == [TEXTS[0], f"1.1 {TEXTS[1]}", "1.3 Parks are open."]


def test_only_the_text_that_was_looked_at_is_published(bench: Workbench) -> None:
    preview = bench.base.replace("/workbench", "/preview")
    page = bench.browser.get(preview)
    form = next(f for f in page.forms.values() if str(f.action).endswith("/publish"))
    bench.acts("k3", text="Trams run all night.")
    bench.browser.post(
        bench.base.replace("/workbench", "/publish"), {"seen": form["seen"].value}, 422
    ).mustcontain("replaced or changed since you looked", "Trams run all night.")
    assert bench.version.state is VersionState.WORKING


def test_there_is_nothing_to_edit_in_what_is_published(bench: Workbench) -> None:
    mine = bench.typed("k3") | {"act": "save", "text": "Trams run all night."}
    publish_version(bench.db, bench.version)
    bench.db.commit()
    bench.browser.get(bench.base, 404).mustcontain("what is published stays as it is")
    bench.browser.post(f"{bench.base}/k3", mine, 404).mustcontain("Trams run all night.")
    for path in ("steps", "findings", "k3/add"):
        bench.browser.post(f"{bench.base}/{path}", {"undo": "1"}, 404).mustcontain(
            "Nothing to edit"
        )


def test_the_workbench_is_for_officials_of_the_consultation(
    bench: Workbench, make: Factory, db: Session
) -> None:
    typed = bench.typed("k3") | {"act": "drop"}
    # What is made for one person is not acted on for another anyway.
    del typed["signed_in_as"]
    elsewhere = make.holder(Role.OFFICIAL, make.department())
    moderator = make.holder(Role.MODERATOR)
    signatory = make.holder(Role.SIGNATORY, bench.document.consultation)
    people: list[tuple[Browser, int]] = [(bench.anonymous, 404)]
    people += [(bench.anonymous.signed_in(make.account()), 404)]
    people += [(bench.anonymous.signed_in(elsewhere), 404)]
    people += [(bench.anonymous.signed_in(who), 403) for who in (moderator, signatory)]
    for browser, status in people:
        browser.get(bench.base, status)
        for path in ("k3", "k3/add", "steps", "findings"):
            browser.post(f"{bench.base}/{path}", typed | {"undo": "1"}, status)
    bench.document.consultation.phase = Phase.ANSWERED
    db.commit()
    bench.browser.post(f"{bench.base}/k3", typed, 403)
    assert bench.keys() == ["k1", "k2", "k3", "k4"]
