"""Officials make a consultation, change it and move it on, in a browser without JavaScript."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Role
from consult.audit import LogEntry
from consult.comments.status import CommentStatus
from consult.consultations.edit import edit_consultation
from consult.consultations.facts import facts_of
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.refusal import Refused
from tests.browser import Browser
from tests.factories import Factory

NEW = "/officials/consultations/new"


def fields(**more: str) -> dict[str, str]:
    return {
        "title": "Street trees",
        "summary": "Where trees are planted.",
        "time_zone": "Europe/London",
        "opens_at": "2090-07-01T09:00",
        "closes_at": "2090-12-11 17:00",
        "commenters": "accounts",
        "moderation": "after",
        "audience": "public",
        "house_rules": "Be *kind*. <script>alert(1)</script>",
        "privacy_notice": "We keep [nothing](https://example.org).",
        "reply_days": "14",
    } | more


def stored(db: Session, slug: str = "street-trees") -> Consultation:
    found = db.scalar(select(Consultation).where(Consultation.slug == slug))
    assert found is not None
    return found


def as_typed(page: Any) -> dict[str, str]:
    form = page.forms[2]  # after the search box and "Sign out"
    return {name: form[name].value for name in form.fields if name}


def test_an_official_makes_a_consultation(browser: Browser, make: Factory, db: Session) -> None:
    department = make.department()
    official = browser.signed_in(make.holder(Role.OFFICIAL, department))
    official.get(NEW).mustcontain(department.name)
    answer = official.post(NEW, fields(department=department.slug))
    assert "/officials/consultations/street-trees?notice=" in answer.headers["Location"]
    made = stored(db)
    assert made.opens_at == datetime(2090, 7, 1, 8, tzinfo=UTC)
    assert made.closes_at == datetime(2090, 12, 11, 17, tzinfo=UTC)
    assert (made.phase, made.department, made.reply_days) == (Phase.DRAFT, department, 14)
    assert (made.commenters, made.moderation) == (Commenters.ACCOUNTS, Moderation.AFTER)
    assert "<em>kind</em>" in made.house_rules_html and "<script" not in made.house_rules_html
    assert 'href="https://example.org"' in made.privacy_notice_html


def test_departments_are_offered_by_grant(browser: Browser, make: Factory, db: Session) -> None:
    mine, other = make.department(), make.department()
    consultation = make.consultation()
    db.commit()
    official = browser.signed_in(make.holder(Role.OFFICIAL, mine))
    official.get(NEW).mustcontain(mine.name, no=[other.name])
    official.post(NEW, fields(department=other.slug), status=422)
    for role in (Role.OFFICIAL, Role.ADMINISTRATOR):
        browser.signed_in(make.holder(role)).get(NEW).mustcontain(mine.name, other.name)
    for role, on in ((Role.OFFICIAL, consultation), (Role.MODERATOR, None)):
        browser.signed_in(make.holder(role, on)).get(NEW, status=403)
    assert "/sign-in" in browser.get(NEW, status=303).headers["Location"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Write a title."),
        ({"summary": " "}, "Write a summary."),
        ({"slug": "New Trees"}, "Use small letters"),
        ({"slug": "taken"}, "This address is taken"),
        ({"slug": "new"}, "This address is taken"),
        ({"title": "الأشجار"}, "Write an address"),
        ({"closes_at": "2090-06-30T09:00"}, "It must close after it opens."),
        ({"opens_at": "soon"}, "Write day and time like"),
        ({"opens_at": "2026-03-29T01:30"}, "clocks of Europe/London skip this time"),
        ({"opens_at": "0001-01-01T00:00"}, "Choose a year from 2000"),
        ({"reply_days": "four"}, "Write a number of days"),
        ({"reply_days": "0"}, "Write a number of days"),
        ({"title": "x" * 201}, "at most 200 are taken"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    browser: Browser, make: Factory, wrong: dict[str, str], sentence: str
) -> None:
    department = make.department()
    make.consultation(slug="taken")
    official = browser.signed_in(make.holder(Role.OFFICIAL, department))
    sent = fields(department=department.slug) | wrong
    page = official.post(NEW, sent, status=422)
    page.mustcontain("Error:", sentence)
    kept = as_typed(page)
    assert {name: kept[name].strip() for name in sent} == {n: v.strip() for n, v in sent.items()}


def test_a_change_is_saved_and_logged_by_its_fields(
    browser: Browser, make: Factory, db: Session
) -> None:
    consultation = make.consultation(Phase.SCHEDULED, house_rules="Be kind.")
    opens_at = consultation.opens_at
    browser = browser.signed_in(make.holder(Role.OFFICIAL, consultation.department))
    edit = f"/officials/consultations/{consultation.slug}/edit"
    typed = as_typed(browser.get(edit))
    browser.post(edit, typed | {"title": "Trees, again", "reply_days": "7"})
    db.refresh(consultation)
    assert (consultation.title, consultation.reply_days) == ("Trees, again", 7)
    assert consultation.opens_at == opens_at, "a date that was not touched keeps its seconds"
    entry = db.scalars(select(LogEntry).order_by(LogEntry.id.desc())).first()
    assert entry is not None and entry.detail == {"changed": ["title", "reply_days"]}


def test_of_two_officials_the_second_sees_what_the_first_saved(
    browser: Browser, make: Factory, db: Session
) -> None:
    consultation = make.consultation()
    one, other = (
        browser.signed_in(make.holder(Role.OFFICIAL, consultation.department)) for _ in range(2)
    )
    edit = f"/officials/consultations/{consultation.slug}/edit"
    first, second = as_typed(one.get(edit)), as_typed(other.get(edit))
    one.post(edit, first | {"title": "The first's title", "moderation": "report"})
    page = other.post(edit, second | {"title": "The second's title"}, status=422)
    page.mustcontain("Somebody else", "The first&#39;s title", "When somebody reports it")
    db.refresh(consultation)
    assert consultation.title == "The first's title"
    other.post(edit, as_typed(page))
    db.refresh(consultation)
    assert consultation.title == "The second's title"


def test_dates_that_have_come_are_not_offered_any_more(
    browser: Browser, make: Factory, db: Session
) -> None:
    official = browser.signed_in(make.holder(Role.OFFICIAL))
    for phase, offered in (
        (Phase.SCHEDULED, {"opens_at", "closes_at"}),
        (Phase.OPEN, {"closes_at"}),
        (Phase.CLOSED, set()),
    ):
        consultation = make.consultation(phase)
        before = (consultation.opens_at, consultation.closes_at)
        db.commit()
        edit = f"/officials/consultations/{consultation.slug}/edit"
        typed = as_typed(official.get(edit))
        assert offered == {"opens_at", "closes_at"} & set(typed)
        hidden = {"opens_at": "2090-01-01T00:00", "closes_at": "2091-01-01T00:00"}
        for name in offered:
            hidden.pop(name)
        official.post(edit, typed | hidden)
        db.refresh(consultation)
        assert (consultation.opens_at, consultation.closes_at) == before


def test_an_edit_writes_down_that_the_clock_has_closed_it(
    browser: Browser, make: Factory, db: Session
) -> None:
    consultation = make.consultation(closes_at=clock.now() - timedelta(minutes=1))
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation))
    edit = f"/officials/consultations/{consultation.slug}/edit"
    official.post(edit, as_typed(official.get(edit)) | {"title": "Over"})
    db.refresh(consultation)
    assert (consultation.phase, consultation.title) == (Phase.CLOSED, "Over")


def test_a_move_is_explained_and_then_made(browser: Browser, make: Factory, db: Session) -> None:
    consultation = make.consultation(Phase.DRAFT)
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation.department))
    page = f"/officials/consultations/{consultation.slug}/phase"
    official.get(page).mustcontain("Announce it", "Open it now", no=["Close it now"])
    confirm = official.get(page + "?move=open")
    confirm.mustcontain("From now on people can comment")
    official.post(page, {"move": as_typed(confirm)["move"]})
    db.refresh(consultation)
    assert consultation.phase_now is Phase.OPEN
    official.post(page, {"move": "open"}, status=422).mustcontain("moved on in the meantime")
    official.post(page, {"move": "levitate"}, status=422)
    official.post(page, {"move": "close"})
    official.post(page, {"move": "reopen"}, status=422).mustcontain("Say when")
    official.post(page, {"move": "reopen", "closes_at": "2090-03-26T01:30"}, status=422)
    official.post(page, {"move": "reopen", "closes_at": "2090-12-11T17:00"})
    db.refresh(consultation)
    assert consultation.closes_at == datetime(2090, 12, 11, 17, tzinfo=UTC)


def test_the_pages_are_for_those_who_manage_the_consultation(
    browser: Browser, make: Factory, db: Session
) -> None:
    consultation = make.consultation()
    elsewhere = make.holder(Role.OFFICIAL, make.department())
    moderator = make.holder(Role.MODERATOR)
    db.commit()
    for name in ("edit", "phase"):
        page = f"/officials/consultations/{consultation.slug}/{name}"
        for account in (elsewhere, moderator, make.account()):
            browser.signed_in(account).get(page, status=403)
            browser.signed_in(account).post(page, fields(move="close"), status=403)
        assert "/sign-in" in browser.get(page, status=303).headers["Location"]
        browser.signed_in(make.holder(Role.ADMINISTRATOR)).get(page)
    db.refresh(consultation)
    assert consultation.phase is Phase.OPEN


@pytest.mark.parametrize("status", CommentStatus)
@pytest.mark.parametrize("audience", Audience)
def test_who_can_read_it_is_locked_from_the_first_comment_on(
    browser: Browser, make: Factory, db: Session, audience: Audience, status: CommentStatus
) -> None:
    consultation = make.consultation(audience=audience)
    paragraph = make.paragraph(make.document(consultation=consultation))
    other = next(one for one in Audience if one is not audience)
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation))
    edit = f"/officials/consultations/{consultation.slug}/edit"
    for choice in (other, audience):
        official.post(edit, as_typed(official.get(edit)) | {"audience": choice.value})
        db.refresh(consultation)
        assert consultation.audience is choice
    make.comment(paragraph, status=status)
    db.commit()
    page = official.get(edit)
    page.mustcontain("People have commented")
    choices = page.html.select("input[name=audience]")
    assert all(choice.has_attr("disabled") for choice in choices)
    (chosen,) = (choice for choice in choices if choice.has_attr("checked"))
    assert chosen["value"] == audience.value
    typed = as_typed(page)
    refused = official.post(edit, typed | {"audience": other.value, "title": "Ours"}, status=422)
    refused.mustcontain("Error:", "People have commented", 'value="Ours"')
    db.refresh(consultation)
    assert consultation.audience is audience and consultation.title != "Ours"
    # What a browser sends of the page: nothing of a choice that is not offered.
    typed = {name: value for name, value in as_typed(refused).items() if name != "audience"}
    official.post(edit, typed)
    db.refresh(consultation)
    assert (consultation.audience, consultation.title) == (audience, "Ours")
    with pytest.raises(Refused, match="People have commented"):
        edit_consultation(db, consultation, replace(facts_of(consultation), audience=other))
