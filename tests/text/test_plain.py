import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.comments.quotes import highlight
from consult.text import excerpt, plain_text, sanitise_wording


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a &amp; b</p>", "a & b"),
        ("<p>a</p><p>b</p>", "a b"),
        ("one<br>two", "one two"),
        ("un<em>believ</em>able", "unbelievable"),
        ("<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "1 2"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b"),
        ("<p> a \n\t b&nbsp; c </p>", "a b c"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("&am<b></b>p;", "&amp;"),
        ('a<img src="/figures/0" alt="an &quot;oak&quot;" width="9">b', 'a an "oak" b'),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_every_kind_of_white_space_is_one_space() -> None:
    spaces = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace())
    assert plain_text(f"a{spaces}b") == "a b"


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("short  text\nhere") == "short text here"
    assert excerpt("The quick brown fox", 12) == "The quick…"
    assert excerpt("The quick, brown fox", 12) == "The quick…"
    assert excerpt("Donaudampfschifffahrt", 6) == "Donau…"


def test_numbers_of_called_notes_are_no_words() -> None:
    html = 'Trees<sup class="note">12</sup> take up CO<sub>2</sub> on 5 m<sup>2</sup>.'
    assert plain_text(html) == "Trees take up CO2 on 5 m2."
    assert sanitise_wording(html) == html
    assert highlight(html, [(0, 10)]) == (
        '<mark class="quoted">Trees</mark><sup class="note">12</sup><mark class="quoted"> take</mark>'
        " up CO<sub>2</sub> on 5 m<sup>2</sup>."
    )


@pytest.mark.parametrize(
    "cluster",
    ["e\u0301", "👨\u200d👩\u200d👧", "👍\U0001f3fd", "🇬🇧", "각", "क\u094dष", "ก\u0e33", "☂\ufe0f"],
)
def test_an_excerpt_never_cuts_what_looks_like_one_character(cluster: str) -> None:
    for length in range(2, 40):
        cut = excerpt(cluster * 40, length).removesuffix("…")
        assert cut == cluster * (len(cut) // len(cluster))


def test_an_excerpt_leaves_no_direction_open() -> None:
    assert excerpt("\u2067" + "word " * 9 + "\u2069", 12) == "word word…"


@settings(deadline=None)
@given(st.text(), st.integers(min_value=1, max_value=40))
def test_an_excerpt_is_short_and_begins_the_text(text: str, length: int) -> None:
    cut = excerpt(text, length)
    assert len(cut) <= length
    assert cut == " ".join(text.split()) or cut.endswith("…")
