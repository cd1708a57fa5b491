import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.text import clean_line, clean_text
from consult.text.cleaning import MAX_MARKS
from tests.limits import HANGING


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("  Ada \t\n Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("Ada\u202eecalevoL", "AdaecalevoL"),
        ("A\u200bd\u200ca\u00ad\ufeff\x00\x07", "Ada"),
        ("\u3164\u2800\u200b", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u200dAda\u200d", "Ada"),
        ("a\ud800\ue000\ufffeb", "ab"),
    ],
)
def test_a_line_keeps_what_is_seen(value: str, cleaned: str) -> None:
    assert clean_line(value) == cleaned


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb  c\n\n", "a\tb  c\n\n"),
        ("a\x00b\x1b[31m\ud83d", "ab[31m"),
        ("\u202eflipped\u202c", "flipped"),
        ("\u2067right\u2069 left", "\u2067right\u2069 left"),
        ("\u2067open\nnext", "open\nnext"),
        ("a\u2069b\u2066c", "abc"),
        ("\u2066a\u2067b\u2069", "\u2066a\u2067b\u2069".replace("\u2066", "", 1)),
        ("Cafe\u0301", "Café"),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", None),
        ("a\U000e0069\U000e0067\U000e006eb", "ab"),
        ("soft\u00adhyphen, zero\u200bwidth", None),
    ],
)
def test_a_text_keeps_its_lines_and_flips_nothing(value: str, cleaned: str | None) -> None:
    assert clean_text(value) == (value if cleaned is None else cleaned)


def test_marks_piled_upon_a_letter_are_few_and_cheap() -> None:
    pile = "a" + "\u0316\u0301" * 100_000
    began = time.process_time()
    text, line = clean_text(pile), clean_line(pile)
    assert time.process_time() - began < HANGING
    assert len(text) <= MAX_MARKS + 1 and len(line) <= MAX_MARKS + 1


def test_many_isolates_are_cheap() -> None:
    began = time.process_time()
    assert clean_text("\u2067" * 100_000 + "a") == "a"
    assert time.process_time() - began < HANGING


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing_more(value: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(value)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        once.encode()
