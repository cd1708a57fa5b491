import re
import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.comments.quotes import (
    MAX_QUOTE,
    Quote,
    QuoteNotFound,
    find,
    highlight,
    spans,
)
from consult.text import plain_text, sanitise_wording

TEXT = (
    "The department will publish “open” data — within 30 days — and the department will "
    "answer questions about the data in the Café de\u0301ja\u0300 vu, office of the soft\u00adware."
)


def test_a_quote_is_cut_from_the_text_itself() -> None:
    quote = find(TEXT, "publish “open” data")
    assert quote.exact == "publish “open” data"
    assert quote.start == TEXT.index("publish")
    assert quote.prefix == "The department will "
    assert quote.suffix == TEXT[quote.end :][:32]


@pytest.mark.parametrize(
    ("given_words", "exact"),
    [
        ('publish\n "open"\tdata - within', "publish “open” data — within"),
        ("THE CAFÉ DÉJÀ VU", "the Café de\u0301ja\u0300 vu"),
        ("Cafe\u0301", "Café"),
        ("office of the software", "office of the soft\u00adware"),
        ("  30\u00a0days ", "30 days"),
        ("‘open’", None),
        ("Cafe", None),
    ],
)
def test_typography_does_not_matter_but_words_do(given_words: str, exact: str | None) -> None:
    if exact is None:
        with pytest.raises(QuoteNotFound):
            find(TEXT, given_words)
    else:
        assert find(TEXT, given_words).exact == exact


def test_words_as_given_come_before_words_in_another_case() -> None:
    assert find("Data and data", "data").start == 9
    assert find("Data and Data", "data").start == 0


def test_among_several_the_surroundings_decide() -> None:
    first, second = TEXT.index("department will"), TEXT.rindex("department will")
    assert find(TEXT, "department will").start == first
    assert find(TEXT, "department will", prefix="and\u00a0The ").start == second
    assert find(TEXT, "department will", suffix=" answer").start == second
    assert find(TEXT, "department will", "nothing like", "it at all").start == first


@pytest.mark.parametrize("words", ["", " \n", "not there", "a" * (MAX_QUOTE + 1), "\u00ad"])
def test_what_is_not_there_is_refused(words: str) -> None:
    with pytest.raises(QuoteNotFound):
        find("a" * 2000, words)


def test_a_letter_quoted_from_a_long_text_is_cheap() -> None:
    began = time.process_time()
    find("é" * 100_000, "É", "x" * 100_000, "y" * 100_000)
    with pytest.raises(QuoteNotFound):
        find("a" + "\u0316\u0301" * 30_000, "A")
    assert time.process_time() - began < 2


def test_spans_are_merged_and_leave_out_what_is_not_certain() -> None:
    quotes = [find("one two three", words) for words in ("two three", "one two", "three")]
    assert spans("one two three", quotes) == [(0, 13)]
    moved = Quote("three", "", "", 8)
    assert spans("zero one two three", [moved]) == [(13, 18)]
    assert spans("three and three", [moved]) == []
    assert spans("four", [moved]) == []
    assert spans("one three", [find("one three", w) for w in ("three", "one")]) == [(0, 3), (4, 9)]


@pytest.mark.parametrize(
    ("html", "words", "marked"),
    [
        ("<p>a b c</p>", "b", "<p>a [b] c</p>"),
        ("<p>a <em>b c</em> d</p>", "c d", "<p>a <em>b [c]</em>[ d]</p>"),
        ("<p>x &amp; y &lt; z</p>", "& y <", "<p>x [&amp; y &lt;] z</p>"),
        ("<p>a</p>\n<p>b</p>", "a b", "<p>[a]</p>\n<p>[b]</p>"),
        ("a<br>\nb", "a b", "[a]<br>\n[b]"),
        ("<em>a</em> <em>b</em>", "a b", "<em>[a]</em>[ ]<em>[b]</em>"),
        ("<pre><code> a\n  b</code></pre>", "a b", "<pre><code> [a\n  b]</code></pre>"),
        (
            "<table><tbody> <tr> <td>a</td> <td>b</td></tr></tbody></table>",
            "a b",
            "<table><tbody> <tr> <td>[a]</td> <td>[b]</td></tr></tbody></table>",
        ),
        ('<a href="https://a.example">a b</a>', "b", '<a href="https://a.example">a [b]</a>'),
    ],
)
def test_a_highlight_stays_within_elements(html: str, words: str, marked: str) -> None:
    quote = find(plain_text(html), words)
    expected = marked.replace("[", '<mark class="quoted">').replace("]", "</mark>")
    assert highlight(html, [(quote.start, quote.end)]) == expected


words = st.text("abcé e\u0301 “'-\u2014\u00ad🇬🇧<&;", max_size=60)


@settings(deadline=None)
@given(words | st.text(), st.data())
def test_any_part_of_a_text_is_found(source: str, data: st.DataObject) -> None:
    text = " ".join(source.split())
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))].strip()
    if not part:
        return
    quote = find(text, part, text[:start], text[start + len(part) :])
    assert quote.exact == part
    assert text.startswith(part, quote.start)
    assert text[: quote.start].endswith(quote.prefix)
    assert text.startswith(quote.suffix, quote.end)


_BLOCK = st.sampled_from(
    ["p", "em", "a href='https://a.example'", "td", "table", "li", "ul", "pre"]
)
_markup = st.lists(
    st.builds("<{}>".format, _BLOCK)
    | st.sampled_from(
        ["<br>", "</p>", "</em>", "</a>", "</ul>", "</table>", "&amp;", "&nbsp;", " "]
    )
    | st.text("ab <>&\n\u00a0\u0301\U0001f600", max_size=8),
    max_size=14,
).map(lambda pieces: sanitise_wording("".join(pieces)))
_ranges = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 60)), max_size=4)


@settings(deadline=None)
@given(_markup, _ranges)
def test_a_highlight_changes_no_word_and_no_structure(
    html: str, ranges: list[tuple[int, int]]
) -> None:
    text = plain_text(html)
    marked = highlight(html, ranges)
    assert plain_text(marked) == text
    marks = re.findall('<mark class="quoted">([^<>]+)</mark>', marked)
    assert len(marks) == marked.count("<mark") == marked.count("</mark>")
    assert unescape(re.sub('<mark class="quoted">|</mark>', "", marked)) == unescape(html)
    wanted = {place for start, end in ranges for place in range(max(start, 0), end)}
    expected = "".join(c for place, c in enumerate(text) if place in wanted)
    assert "".join(unescape("".join(marks)).split()) == "".join(expected.split())
