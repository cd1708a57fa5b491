"""What people may call themselves."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts import names, people
from consult.accounts.models import Role
from consult.accounts.skeletons import skeleton
from consult.refusal import Refused
from tests.factories import Factory

HONEST = [
    "Ellen Marsh",
    "Seán Ó Sé",
    "O'Brien-Smith, drains",
    "Night nurse, ward 6",
    "Мария Иванова",
    "Γιώργος Παπαδόπουλος",
    "王小明",
    "山田 タロウ",
    "김민준",
    "سلمى الحداد",
    "अनिल जोशी",
    "நளினி",
    "Nguyễn Văn A",
    "Smith & Sons (bakers)",
    "Ana Modesta",
]
CLAIMS = [
    "Moderator",
    "site moderators",
    "SiteAdmin",
    "A d m i n",
    "Ad.min",
    "moderator2",
    "OfficiaI",
    "0ffic1al",
    "Öfficiál",
    "Ｏｆｆｉｃｉａｌ",
    "𝐎𝐟𝐟𝐢𝐜𝐢𝐚𝐥",
    "Gov\u200bernment",
    "Prime Minister",
    "Jane, Roads and Rivers Office",
    "the roads and rivers office",
    "Consult",
]
SHAPELESS = ["", "1234", "!!", "x" * 121, "\u3164\u3164", "jane@example.org", "Jane ✔", "\x00"]
MIXED = ["Jаne Marsh", "Εllen", "Smithсon"]  # with Cyrillic а, Greek Ε, Cyrillic с


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_in_any_script_pass(db: Session, name: str) -> None:
    assert names.check(db, name, site_name="Consult") == name


@pytest.mark.parametrize("name", CLAIMS + SHAPELESS + MIXED)
def test_names_that_claim_an_office_or_are_none_are_refused(
    db: Session, make: Factory, name: str
) -> None:
    make.department(name="Roads and Rivers Office")
    with pytest.raises(Refused):
        names.check(db, name, site_name="Consult")


def test_nobody_can_look_like_somebody_who_holds_a_role(db: Session, make: Factory) -> None:
    official = make.holder(Role.OFFICIAL)
    people.rename(official, "Martin Oyelaran")
    db.flush()
    for imitation in ("Martin Oyelaran", "MARTIN  OYELARAN", "Mart1n Oyelarán", "Rnartin Oyelaran"):
        if imitation.startswith("Rn"):
            people.rename(official, "Martin Oyelaran".replace("M", "m"))
            db.flush()
        with pytest.raises(Refused):
            names.check(db, imitation)
    assert names.check(db, "Martin Oyelaran", own=official)
    assert names.check(db, "Martin Oyelaran, Pellhaven")


def test_citizens_may_share_a_name(db: Session, make: Factory) -> None:
    people.rename(make.account(), "John Smith")
    db.flush()
    assert names.check(db, "John Smith") == "John Smith"


def test_greek_capitals_do_not_hide_an_imitation(db: Session, make: Factory) -> None:
    people.rename(make.holder(Role.MODERATOR), "Νίκη Γεωργίου")
    db.flush()
    with pytest.raises(Refused):
        names.check(db, "ΝΙΚΗ ΓΕΩΡΓΙΟΥ")


def test_a_skeleton_keeps_apart_what_looks_different() -> None:
    assert skeleton("Anna") != skeleton("Anne")
    assert skeleton("राम") != skeleton("रमा")
    assert skeleton("Zoë") == skeleton("zoe ")
