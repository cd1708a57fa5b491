"""Found words are marked, everything else is escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from consult.search.highlight import highlight
from consult.search.query import parse


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("Houses & <b>", "house", "<mark>Houses</mark> &amp; &lt;b&gt;"),
        ("of the sea, the", '"of the"', "<mark>of the</mark> sea, the"),
        ("coast coastal", "coas*", "<mark>coast</mark> <mark>coastal</mark>"),
        ("a café", "CAFE", "a <mark>café</mark>"),
        ("我们的政府", "政府", "我们的<mark>政府</mark>"),
        ("sea wall", "sea -wall", "<mark>sea</mark> wall"),
        ('"x" y', "nothing", "&#34;x&#34; y"),
        ("a b", "", "a b"),
        ("one two three", '"one two" "two three"', "<mark>one two</mark> three"),
    ],
)
def test_marks(text: str, q: str, expected: str) -> None:
    assert highlight(text, parse(q)) == expected


def test_the_best_part_of_a_long_text_is_taken() -> None:
    text = "sand " + "word " * 200 + "here sand and stone meet " + "word " * 200
    shown = highlight(text, parse("sand stone"), 100)
    assert "<mark>sand</mark> and <mark>stone</mark>" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown.striptags()) <= 102


def test_a_long_text_without_hits_begins_at_its_beginning() -> None:
    assert highlight("word " * 100, parse("sand"), 8) == "word…"
    assert highlight("x" * 100, parse("sand"), 9) == "x" * 9 + "…"


@given(
    st.lists(st.sampled_from(["sand", "<b>", "stone", "&", " ", ".", "政", "\n"]), max_size=60),
    st.integers(1, 80),
)
def test_marks_taken_away_leave_escaped_text(pieces: list[str], length: int) -> None:
    text = "".join(pieces)
    shown = highlight(text, parse('sand "stone sand" 政'), length)
    assert isinstance(shown, Markup)
    plain = shown.replace("<mark>", "").replace("</mark>", "").strip("…")
    assert plain in escape(text)
