"""What officials type, back into exactly what was stored; and no word is ever lost."""

import re
import time
from collections import Counter
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.blocks.blocks import Kind
from consult.refusal import Refused
from consult.text import plain_text, sanitise_wording
from consult.workbench.marks import Manner, parts, typed
from consult.workbench.recast import html_as
from consult.workbench.split import labelled

LINK = (
    '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener noreferrer">there</a>'
)
STORED = [
    "Plain words, 5 * 3 and snake_case, [sic] and a \\ stroke.",
    "<strong>Strong</strong> and <em>emphasis</em> and <strong><em>both</em></strong>.",
    "<em>a</em>b<em>c</em>",
    '<s>old</s> H<sub>2</sub>O and a note<sup class="note">12</sup>, m<sup>2</sup>',
    f"See {LINK}, <em>{LINK}</em>.",
    "One line<br>and another<br><br>and a third",
    "Use <code>rm *_*</code> and <code>a`b</code>",
    "1 &lt; 2 &amp;&amp; &lt;b&gt; &amp;amp; &lt;name of street&gt;",
    '<span lang="fr">bonjour</span> and <abbr title="for example">e.g.</abbr>',
    "*not emphasis* and _neither_ and [no](link) and `code`",
    "Engagement -<strong> </strong>steps\xa0|\xa0more.",
    "المادة ١: <strong>النص</strong>",
    "# no heading\n- no list",
]


@pytest.mark.parametrize("html", STORED)
def test_a_text_that_is_not_touched_stays_exactly_as_it_was(html: str) -> None:
    manner, source = typed(Kind.PARAGRAPH, html)
    assert manner is Manner.MARKS
    assert parts(Kind.PARAGRAPH, manner, source) == [html.replace("\n", " ")]


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("5 * 3 is [sic] snake_case", "5 * 3 is [sic] snake_case"),
        ("<strong>a</strong> <em>b</em>", "**a** *b*"),
        (f"See {LINK}.", "See [there](https://example.org/a?b=1&c=2)."),
        ("a<br>b", "a\nb"),
        ("*a*", "\\*a\\*"),
        ("note<sup>1</sup>", "note<sup>1</sup>"),
    ],
)
def test_officials_see_as_few_marks_as_can_be(html: str, source: str) -> None:
    assert typed(Kind.ITEM, html) == (Manner.MARKS, source)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("the <name of street> here", "the &lt;name of street&gt; here"),
        ("# 1. - no blocks", "# 1. - no blocks"),
        ("![no](https://example.org/a.png)", None),
        ('<a href="javascript:x">words</a>', None),
    ],
)
def test_what_is_typed_is_text_where_it_is_no_mark(source: str, html: str | None) -> None:
    [made] = parts(Kind.PARAGRAPH, Manner.MARKS, source)
    assert html is None or made == html
    assert "<img" not in made and '<a href="javascript' not in made


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n\nb", ["a", "b"]),
        ("a\n \t\n\n\nb\n\n", ["a", "b"]),
        ("**a\n\nb** c", ["<strong>a</strong>", "<strong>b</strong> c"]),
        ("_word_\n\n_next_", ["<em>word</em>", "<em>next</em>"]),
        ("**a**\n\nb", ["<strong>a</strong>", "b"]),
        ("**a\n\n** b", ["<strong>a</strong>", "b"]),
        ("a **\n\nb** c", ["a", "<strong>b</strong> c"]),
        ("5 *\n\n* 3", ["5 *", "* 3"]),
        ("x<sup>1\n\n2</sup>", ["x<sup>1</sup>", "<sup>2</sup>"]),
        ("`a\n\nb`", ["<code>a</code>", "<code>b</code>"]),
    ],
)
def test_an_empty_line_divides_also_within_marks(source: str, expected: list[str]) -> None:
    assert parts(Kind.PARAGRAPH, Manner.MARKS, source) == expected


def test_a_link_is_divided_into_two() -> None:
    first, second = parts(Kind.PARAGRAPH, Manner.MARKS, "[a\n\nb](https://example.org/)")
    assert plain_text(first) == "a" and plain_text(second) == "b"
    assert first.count("example.org") == second.count("example.org") == 1


def words(*texts: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", " ".join(texts)))


WORD = st.text("abcXYZ019é֑אم漢*_`~[]()<>&\\#-\"'!|.:/", min_size=1, max_size=8)
INLINE = st.recursive(
    st.lists(WORD, min_size=1, max_size=6).map(lambda ws: escape(" ".join(ws), quote=False)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["em", "strong", "s", "code", "sup", "sub"]), inner).map(
            lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"
        ),
        inner.map(lambda h: f'<a href="https://example.org/">{h}</a>'),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=2).map("<br>".join),
    ),
    max_leaves=8,
).map(sanitise_wording)


@settings(max_examples=300, deadline=None)
@given(INLINE)
def test_any_stored_text_comes_back_as_it_was(html: str) -> None:
    manner, source = typed(Kind.PARAGRAPH, html)
    if not plain_text(html):
        return
    assert parts(Kind.PARAGRAPH, manner, source) == [html]


@settings(max_examples=300, deadline=None)
@example("* 0*0", 0.0)
@example("_:~ _", 0.0)
@example('a<sup class="note">1</sup> b <em>c d</em>', 0.0)
@given(INLINE, st.floats(0, 1))
def test_dividing_anywhere_between_words_loses_none(html: str, where: float) -> None:
    manner, source = typed(Kind.PARAGRAPH, html)
    gaps = [match.start() for match in re.finditer(r" (?![^<\[]*[>\])])", source)]
    if manner is not Manner.MARKS or not gaps:
        return
    place = gaps[int(where * (len(gaps) - 1))]
    divided = f"{source[:place]}\n\n{source[place:]}"
    made = parts(Kind.PARAGRAPH, manner, divided)
    found = [part for html in made for part in labelled(html)]
    assert words(*map(plain_text, found)) == words(plain_text(html))


@settings(max_examples=200, deadline=None)
@given(INLINE)
def test_no_word_is_lost_when_text_becomes_code_and_back(html: str) -> None:
    code = html_as(html, Kind.PARAGRAPH, Kind.CODE)
    assert "<" not in code
    assert words(plain_text(code)) == words(plain_text(html))
    assert words(plain_text(html_as(code, Kind.CODE, Kind.NOTE))) == words(plain_text(html))


def test_a_table_becomes_lines() -> None:
    table = (
        '<table><caption>Trees</caption><thead><tr><th scope="col">Street</th>'
        '<th scope="col">Number</th></tr></thead>'
        "<tbody><tr><td><p>Parade</p><ul><li>north</li><li>south</li></ul></td><td>26</td></tr></tbody></table>"
    )
    html = html_as(table, Kind.TABLE, Kind.PARAGRAPH)
    assert html == "Trees<br>Street | Number<br>Parade<br>north<br>south<br>| 26"
    assert words(plain_text(html)) == words(plain_text(table))


def test_nothing_is_left_is_refused_but_a_figure_may_lack_its_description() -> None:
    for source in ("", " \n\n ", "\u200b", "****"):
        if not plain_text("".join(parts(Kind.FIGURE, Manner.MARKS, source))):
            with pytest.raises(Refused):
                parts(Kind.PARAGRAPH, Manner.MARKS, source)
    assert parts(Kind.FIGURE, Manner.MARKS, "") == [""]


@pytest.mark.parametrize(
    "source",
    [
        "*a " * 25_000,
        "[" * 50_000,
        "[a](" * 20_000,
        "`" * 50_000 + "a",
        "<sup>" * 15_000 + "a",
        "**a\n\n" * 15_000,
        '<span lang="' * 8_000,
        "~~" * 40_000,
    ],
    ids=["stars", "brackets", "links", "ticks", "tags", "splits", "attributes", "tildes"],
)
def test_no_text_takes_long(source: str) -> None:
    begun = time.process_time()
    made = parts(Kind.PARAGRAPH, Manner.MARKS, source)
    assert time.process_time() - begun < 4
    assert made
