import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.text import plain_text, sanitise_wording
from tests.limits import HANGING
from tests.text.proof import ATTRIBUTES, WORDING, assert_harmless

REL = 'rel="nofollow ugc noopener noreferrer"'


@pytest.mark.parametrize(
    "html",
    [
        '<p>H<sub>2</sub>O, x<sup>2</sup>, <abbr title="Value added tax">VAT</abbr></p>',
        '<p><span lang="cy" dir="ltr">Croeso</span></p>',
        '<ol start="4"><li>four</li></ol>',
        "<table><caption>c</caption><thead><tr>"
        '<th scope="col" colspan="2">h</th></tr></thead><tbody><tr>'
        '<td rowspan="3">a</td><td>b</td></tr></tbody></table>',
        "<pre><code>a &lt; b\n  c</code></pre>",
        f'<p>see <a href="https://a.example/b?c=1&amp;d=2" {REL}>this <em>act</em></a></p>',
        "<p>5 &lt; 6 &amp; 7 &gt; 6&nbsp;</p>",
        f'<img src="figure:{"0" * 64}" alt="An &quot;oak&quot;" width="40" height="30">Ours',
        f'<img src="/figures/{"0" * 64}" alt="">',
    ],
)
def test_what_a_draft_may_hold_stays_as_it_is(html: str) -> None:
    assert sanitise_wording(html) == html


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ('<p>a <a href="#ref1">b <em>c</em></a> d</p>', "<p>a b <em>c</em> d</p>"),
        ('<a href="//evil.example">x</a>', "x"),
        ('<a href="/local">x</a>', "x"),
        ('<a href="java&#10;script:alert(1)">x</a>', "x"),
        ('<a name="bookmark">x</a>', "x"),
        ('<p><a href="https://a.example"></a>x</p>', "<p>x</p>"),
        ('<p style="color:red" onclick="x()" class="y">a</p>', "<p>a</p>"),
        ("<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"),
        ("<p>a<script>alert(1)", "<p>a</p>"),
        ('<p><img src="https://a.example/x.png" onerror="x()">a</p>', "<p>a</p>"),
        ('<img src="figure:x">a<img src="//figures/x"><img src="data:image/png,x">', "a"),
        ("<!-- x --><p>a</p>", "<p>a</p>"),
        (
            '<table><tbody><tr><td colspan="-1">a',
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        ('<span lang="x y" dir="up">a</span>', "<span>a</span>"),
    ],
)
def test_what_a_draft_may_not_hold_goes(html: str, safe: str) -> None:
    assert sanitise_wording(html) == safe


@pytest.mark.parametrize(
    "html",
    [
        "<pre>\n\n\na</pre>",
        '<a href="https://a.example"><table><a href="https://a.example">x',
        "<li><table><select><b><template><figure>a</figure><p><li>",
    ],
)
def test_what_parsers_change_at_each_reading_settles(html: str) -> None:
    once = sanitise_wording(html)
    assert "a" in plain_text(once) or "x" in plain_text(once)
    assert sanitise_wording(once) == once


def test_blocks_that_go_leave_their_words_apart() -> None:
    assert plain_text(sanitise_wording("<div>one</div><div>two</div><h2>three</h2>four")) == (
        "one two three four"
    )


def test_a_long_table_comes_out_like_a_short_one() -> None:
    row = "<tr><td>a &amp; b</td><td>c<br>d</td></tr>"
    table = f"<table><tbody>{row * 100}</tbody></table>"
    assert sanitise_wording(table) == table
    assert sanitise_wording("a<br>" * 200) == "a<br>" * 200


def test_markup_nested_too_deep_comes_back_as_its_text() -> None:
    assert sanitise_wording("<b>" * 20_000 + "x &amp; y") == "<p>x &amp; y</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 20_000,
        "<blockquote>" * 20_000,
        "<b><!--</b>-->" * 20_000,
        '<b title="</b>">' * 20_000,
        "<ul><li>" * 20_000,
        "<table><td>" * 20_000,
        "<p>" * 20_000,
        "<" * 20_000,
        "<a " * 20_000,
        "&" * 20_000,
        "<script>" * 20_000,
        "<svg><style>" * 5_000,
        "<b><i></b>" * 5_000,
        "".join(f"<p><em id={n}></p>" for n in range(3_000)),
        "".join(f"<p><a href=https://a.example/{n}></p>" for n in range(3_000)),
        "<table>" + "<b><tr>" * 3_000,
        "".join(f"<b><i id={n}><p></b>" for n in range(3_000)),
    ],
)
def test_pathological_markup_does_not_hang(html: str) -> None:
    began = time.process_time()
    assert_harmless(sanitise_wording(html), WORDING)
    assert time.process_time() - began < HANGING


def test_threads_do_not_meet_in_a_parser() -> None:
    html = "<table><tbody><tr><td>{0}</td><td><em>{0}</em></td></tr></tbody></table>"
    wrong: list[str] = []

    def work(mark: str) -> None:
        mine = html.format(mark)
        wrong.extend(out for _ in range(150) if (out := sanitise_wording(mine)) != mine)

    threads = [threading.Thread(target=work, args=(mark,)) for mark in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


_TAG_NAMES = st.sampled_from([*sorted(WORDING), "div", "script", "svg", "math", "title", "b", "h1"])
_ATTRIBUTE = st.builds(
    " {}={}{}{}".format,
    st.sampled_from(
        [*{name for names in ATTRIBUTES.values() for name in names}, "onclick", "style"]
    ),
    st.just('"'),
    st.text("ab1#:/<>&;'", max_size=6)
    | st.sampled_from(["https://a.example", "2", "javascript:x"]),
    st.sampled_from(['"', ""]),
)
_PIECE = (
    st.builds("<{}{}>".format, _TAG_NAMES, st.just("") | _ATTRIBUTE)
    | st.builds("</{}>".format, _TAG_NAMES)
    | st.text(max_size=4)
    | st.text("<>&;!-/\"' \n#xa0", max_size=6)
)
markup = st.lists(_PIECE, max_size=12).map("".join)


@settings(deadline=None)
@given(markup)
def test_any_markup_comes_out_harmless_and_stays_so(html: str) -> None:
    once = sanitise_wording(html)
    assert_harmless(once, WORDING)
    assert sanitise_wording(once) == once
