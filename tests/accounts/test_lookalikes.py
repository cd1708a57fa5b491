"""Names that can be taken for somebody who works here are refused, and honest ones are taken.

What is refused is made here from the kinds of imitation and Unicode's own table of confusables.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult.accounts import names, people
from consult.accounts.models import Account, Department, Grant, Role
from consult.accounts.offices import CLAIMS
from consult.accounts.resembling import can_be_taken_for, claims, is_department, kept_skeleton
from consult.refusal import Refused
from tests.browser import Browser
from tests.comments.helpers import page_of
from tests.factories import Factory

OFFICIALS = ["Clara Burns", "Wendell Hodge", "Ngozi Adeyemi", "Dr Kamran Malik", "Bernard Vidal"]
DEPARTMENT = "Department for Rivers and Woodland"

# The sign, and what it can be read as.
DIGITS = {
    "o": "0",
    "l": "1",
    "e": "3",
    "a": "4",
    "s": "5",
    "g": "69",
    "t": "7",
    "b": "86",
    "i": "1",
}
SIGNS = {"s": "$", "e": "€", "l": "|", "i": "!|", "t": "+", "a": "∂", "d": "∂", "y": "¥", "n": "∩"}
LATIN = {
    "a": "ɑɐᴀᵃ",
    "b": "ʙƀɓᵇ",
    "c": "ᴄƈꞓ",
    "d": "ᴅđɖɗᵈ",
    "e": "ᴇɛǝəɘᵉ",
    "g": "ɢɡǥᵍ",
    "h": "ʜħɦʰ",
    "i": "ɪıɩɨ",
    "k": "ᴋƙᵏ",
    "l": "ʟłɫˡ",
    "m": "ᴍɱᵐ",
    "n": "ɴɲŋⁿ",
    "o": "ᴏøɵᵒ",
    "r": "ʀɍɾɹʳ",
    "s": "ꜱʂſˢ",
    "t": "ᴛŧƭᵗ",
    "u": "ᴜʉʊᵘ",
    "v": "ᴠʋʌᵛ",
    "w": "ᴡʍɯʷ",
    "y": "ʏɏʎʸ",
    "z": "ᴢʐƶᶻ",
}
PAIRS = {"m": "rn", "d": "cl", "w": "vv", "W": "VV", "k": "lc", "h": "l-l", "o": "()", "M": "|\\/|"}
ACCENTS = "\u0301\u0308\u0323\u0327\u0332\u0336\u0338\u05b4\u0488\u20dd"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u034f\u3164\ufe0f\U000e0041"
TITLES = """
    Mr Mrs Ms Miss Mx Dr Dr. Prof Professor Sir Dame Lord Lady Rev Cllr Councillor Minister Director
    Secretary Hon Ambassador Judge Captain Mayor Bishop Officer
""".split()
BEFORE = [
    "Team",
    "The",
    "Official",
    "Office of",
    "Verified:",
    "The real",
    "From",
    "Staff",
    "2",
    "#1",
]
BEHIND = [
    "Team",
    "(official)",
    "- official",
    "[Official]",
    "official account",
    "’s office",
    "MP",
    "OBE",
    "2",
    "007",
    "#2",
    "II",
    "²",
    "②",
    "(2)",
    "!",
    "(she/her)",
    "Press Office",
    "(moderator)",
]

HONEST = """
    王|李|O|x|ع|Ø|Clara Byrne|Clara Burn|Clara Burnside|Clare Burns|Claire Burns|Clara B|C. Burns|Burns
    |Clara J Burns|Clara J. Burns|Clara Marie Burns|Clara King Burns|A. Clara Burns|Clara Burns-Wright
    |Clara Burns, Millford|Clara Burns (Millford)|Clara Burns from Millford|Friend of Clara Burns
    |Not Clara Burns|Clara Burns and family|Clara Burns the baker|Burns family|Wendy Hodge|Wendell Hodges
    |Wendell Hogg|Dr Hodge|Mr Wendell|Ngozi Adeyemo|Ngozi|Kamran Malika|Kamal Malik|Bernadette Vidal
    |Bernard Vidali|Bernardo Vidal|Jo Staff|Mrs Staff|Jo Minister|Bill Moderator|Staff nurse
    |Elm School staff association|Former civil servant|Civil servant|Ministry of Cake fan
    |Baptist minister|Government critic|Unofficial historian|Department store worker
    |Former head of department|Friends of the Department for Rivers and Woodland|River lover
    |Rivers and Woodland Trust|Woodland walker|Not the Department for Rivers and Woodland
    |The Society of Anglers, Boatmen and Ferrymen of the Upper Valley and of its many Tributaries
    |Team|Team Green|Minister Green|Prof. Plum|Sir Toby Belch|Lord of the Flies|Dean|King|Queen Bee
    |Secretary of the allotment society|Officer (retired)|Deputy head, Elm School|Council tenant
    |Consultant|A consultee|Admiral|Moderate voter|Real Ale drinker|Number 10 bus user|No 5|House 22
    |Bus 42|K9|R2-D2|X Æ A-12|Class 4B|Resident 12|Citizen 12|Mum of 3|N/A|-a-|Name withheld
    |Seán Ó Sé|O'Brien-Smith, drains|Мария Иванова|Сергей|Юлія|Ђорђе|Γιώργος Παπαδόπουλος|王小明
    |山田 タロウ|김민준|سلمى الحداد|יוסף כהן|अनिल जोशी|நளினி|สมชาย ใจดี|Արամ|ვახტანგ|Nguyễn Văn A
    |Łukasz Żółw|Þór Ægisson|Şükrü Çelik|Ɛsi Ɔwusu|Kaʻiulani|Ngũgĩ wa Thiong'o|McDonald|DeShawn
"""


@lru_cache(maxsize=1)
def confusables() -> dict[str, list[str]]:
    """Return Unicode's lookalikes of every Latin letter, such as are letters themselves."""
    found: dict[str, set[str]] = {}
    for text, alike in confusables_data.items():
        for other in alike:
            pair = (text.replace("\u200e", ""), other["c"].replace("\u200e", ""))
            for letter, sign in (pair, pair[::-1]):
                known = sign and unicodedata.category(sign[0])[0] == "L"
                if (
                    len(letter) == len(sign) == 1
                    and letter.isascii()
                    and letter.isalpha()
                    and known
                ):
                    found.setdefault(letter, set()).add(sign)
    return {letter: sorted(signs) for letter, signs in found.items()}


@st.composite
def signs(draw: st.DrawFn, name: str) -> str:
    """Draw the name with one or two of its letters in other signs."""
    tables: list[Mapping[str, Sequence[str]]] = [DIGITS, SIGNS, LATIN, confusables()]
    for _ in range(draw(st.integers(1, 2))):
        table = draw(st.sampled_from(tables))
        places = [n for n, c in enumerate(name) if c in table or c.lower() in table]
        if places:
            place = draw(st.sampled_from(places))
            options = table.get(name[place]) or table[name[place].lower()]
            name = name[:place] + draw(st.sampled_from(list(options))) + name[place + 1 :]
    return name


@st.composite
def imitations(draw: st.DrawFn, name: str, *, person: bool = True) -> str:
    """Draw a name that can be taken for `name`."""
    how = draw(st.sampled_from(["signs", "pairs", "letters", "unseen", "spaces", "none"]))
    if how == "signs":
        name = draw(signs(name))
    elif how == "pairs":
        letter = draw(st.sampled_from([c for c in PAIRS if c in name] or [name[0]]))
        name = name.replace(letter, PAIRS.get(letter, letter), 1)
    elif how == "letters":
        kind = draw(
            st.sampled_from(["BOLD", "SCRIPT", "FRAKTUR", "SANS-SERIF", "MONOSPACE", "FULL"])
        )
        name = "".join(other_letter(c, kind) for c in name)
    elif how == "unseen":
        place = draw(st.integers(1, len(name) - 1))
        name = name[:place] + draw(st.sampled_from(UNSEEN + ACCENTS)) + name[place:]
    elif how == "spaces":
        name = name.replace(" ", draw(st.sampled_from(["", "  ", "\u3000", ".", "_", "-", " . "])))
    if person and how not in ("spaces", "unseen") and draw(st.integers(0, 4)) == 0:
        first, _space, last = name.partition(" ")
        name = draw(st.sampled_from([f"{last}, {first}", f"{last} {first}"]))
    before = draw(st.sampled_from(["", "", *BEFORE, *(TITLES if person else ())]))
    behind = draw(st.sampled_from(["", "", *BEHIND]))
    return f"{before} {name} {behind}".strip()


def other_letter(character: str, kind: str) -> str:
    if not (character.isascii() and character.isalpha()):
        return character
    size = "CAPITAL" if character.isupper() else "SMALL"
    prefix = "FULLWIDTH LATIN" if kind == "FULL" else f"MATHEMATICAL {kind}"
    try:
        return unicodedata.lookup(
            f"{prefix} {size} {'LETTER ' if kind == 'FULL' else ''}{character.upper()}"
        )
    except KeyError:
        # Unicode has some of them under other names.
        return character


def refused(typed: str) -> bool:
    """Say whether a name is refused where OFFICIALS work in DEPARTMENT, without a database."""
    try:
        name = names.tidy(typed)
    except Refused:
        return True
    kept = {kept_skeleton(official) for official in OFFICIALS}
    return is_department(name, DEPARTMENT) or not kept.isdisjoint(can_be_taken_for(name))


BOUNDS = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@BOUNDS
@given(st.sampled_from(OFFICIALS).flatmap(imitations))
def test_whoever_can_be_taken_for_an_official_is_refused(name: str) -> None:
    assert refused(name), name


@pytest.mark.parametrize(
    "name", ["Rivers and Woodland", "rivers & woodland", "Woodland and Rivers"]
)
def test_what_a_department_is_about_is_no_name_of_anybody_else(name: str) -> None:
    assert is_department(name, DEPARTMENT)
    assert not is_department(f"Friends of {name}", DEPARTMENT)


@pytest.mark.parametrize(
    "name",
    [
        "Moderator Joanna",
        "Joanna (moderator)",
        "Joanna, Administrator",
        "M0derator Jo",
        "webmaster jo",
    ],
)
def test_nobody_says_beside_a_name_that_they_keep_order_here(name: str) -> None:
    assert claims(name, CLAIMS)


@pytest.mark.parametrize(
    "name", ["Former moderator Jo", "Jo Moderate", "Not a moderator", "Modesta"]
)
def test_whoever_says_that_they_do_not_may(name: str) -> None:
    assert not claims(name, CLAIMS)


def test_the_mark_of_an_official_reply_is_no_name() -> None:
    assert claims("Official reply", CLAIMS)
    assert not claims("Reply", CLAIMS)


@BOUNDS
@given(imitations(DEPARTMENT, person=False))
def test_whoever_can_be_taken_for_a_department_is_refused(name: str) -> None:
    assert refused(name), name


@pytest.mark.parametrize(
    "name",
    [
        "Dept for Rivers and Woodland",
        "Dept. of Rivers & Woodland",
        "Rivers and Woodland Department",
        "Department for Woodland and Rivers",
        "Rivers and Woodland, Department for",
        "Rivers & Woodland Team",
        "Woodland & Rivers (official)",
        "Jane, Department for Rivers and Woodland",
        "Jane (Department for Rivers and Woodland)",
        "Jane from the Department for Rivers and Woodland",
        "Clara Burns, Minister for Rivers",
        "Minister for Rivers Clara Burns",
        "Clara Burns (Deputy Director, Woodland)",
        "Burns, Dr Clara",
        "claraburnsofficial",
        "drclaraburns",
        "ClaraBurnsTeam",
        "Clara (official) Burns",
        "Kamran Malik",
        "Mr Kamran Malik",
        "Prof Dr Kamran Malik 2",
    ],
)
def test_other_ways_to_look_like_one(name: str) -> None:
    assert refused(name)


@pytest.mark.parametrize(
    "name", [n.strip() for n in HONEST.split("|")] + ["x" * 120, "Jo " * 39 + "Jo"]
)
def test_honest_names_are_taken(name: str) -> None:
    assert not refused(name)
    assert not claims(name, {kept_skeleton("Consult")})


@BOUNDS
@given(st.text(max_size=120))
def test_no_text_takes_long_or_makes_a_fault(name: str) -> None:
    refused(name)


@pytest.fixture
def staff(make: Factory, db: Session) -> Account:
    """Give an official, in a department."""
    department = make.department(name=DEPARTMENT)
    official = make.holder(Role.OFFICIAL, department)
    people.rename(official, "Clara Burns")
    db.commit()
    return official


LOOKALIKE, HONESTLY = "Cllr C1ara Bʋrns (official)", "Clara Burns, Millford"


def test_it_is_said_wherever_a_name_is_given(
    browser: Browser, make: Factory, db: Session, staff: Account
) -> None:
    paragraph = make.paragraph(make.document())
    citizen = browser.signed_in(make.account())
    db.commit()
    register = {"email": "new@example.org", "password": "tall green bicycle"}
    guest = {"text": "I live here.", "email": "guest@example.org"}
    page = page_of(paragraph)
    for who, path, fields in (
        (browser, "/register", register),
        (browser, page, guest),
        (citizen, "/account", {}),
    ):
        for name, word in ((LOOKALIKE, "Add an initial"), (f"Team {DEPARTMENT}", "Choose a name")):
            answer = who.post(path, fields | {"name": name}, status=422)
            assert word in answer.text
        assert who.post(path, fields | {"name": HONESTLY})


def test_somebody_who_had_the_name_before_an_official_keeps_it_and_goes_on(
    browser: Browser, make: Factory, db: Session
) -> None:
    citizen = make.account()
    people.rename(citizen, "Clara Burns")
    here = browser.signed_in(citizen)
    official = make.account()
    people.rename(official, "Clara Burns")
    db.commit()
    db.add(Grant(account=official, role=Role.OFFICIAL, place="site"))
    people.create_department(db, "Clara Burns Office")
    db.commit()
    here.post("/account", {"name": "Clara Burns"})
    assert citizen.display_name == "Clara Burns"
    # Administrators see that there are two.
    administrator = browser.signed_in(make.holder(Role.ADMINISTRATOR))
    page = administrator.get(f"/admin/accounts/{official.id}")
    assert f'href="/admin/accounts/{citizen.id}"' in page.text
    assert db.query(Department).count() >= 1


def test_officials_keep_their_own_name(browser: Browser, db: Session, staff: Account) -> None:
    browser.signed_in(staff).post("/account", {"name": "Dr Clara Burns"})
    assert staff.display_name == "Dr Clara Burns"
