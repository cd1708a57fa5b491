"""Runs of HTML: nothing is lost, and every word stands at its place in the plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.text import plain_text, sanitise_wording
from consult.text.runs import placed, runs

_TAG = st.sampled_from(
    [
        *("<p>", "</p>", "<em>", "</em>", "<td>", "</td>", "<table>", "</table>", "<tr>", "<li>"),
        *("</a>", "<br>", "<pre>", '<a href="https://a.example/?a=1&amp;b=2">', "</pre>"),
        *('<sup class="note">12</sup>', "<sup>2</sup>", '<span lang="de">', "</span>", "<ul>"),
        f'<img src="/figures/{64 * "0"}" alt="an &quot;oak&quot; ">',
        f'<img src="/figures/{64 * "1"}" alt="">',
    ]
)
_TEXT = st.sampled_from(["&amp;", "&lt;", "&nbsp;", " ", "\n", "<", "a < b", "\u3000", "&amp;lt;"])
ANYTHING = st.lists(
    _TAG | _TEXT | st.text("ab &<>;\"'/\u00a0\u0301\U0001f600") | st.text(max_size=8), max_size=14
).map("".join)
HTML = ANYTHING.map(sanitise_wording)


@settings(deadline=None)
@given(ANYTHING | HTML)
def test_runs_put_together_are_the_html(html: str) -> None:
    assert "".join(run.html for run in runs(html)) == html
    assert [run for run, _pieces in placed(html)] == runs(html)
    assert all(run.html for run in runs(html))


@settings(deadline=None)
@given(ANYTHING | HTML)
def test_pieces_put_together_are_the_text_of_their_run(html: str) -> None:
    for run, pieces in placed(html):
        assert "".join(piece.text for piece in pieces) == run.text


@settings(deadline=None)
@given(ANYTHING | HTML)
def test_words_at_their_places_are_the_plain_text(html: str) -> None:
    text = plain_text(html)
    written = [" "] * len(text)
    for _run, pieces in placed(html):
        for piece in pieces:
            end = piece.start + len(piece.text)
            if piece.blank:
                # Where nothing follows any more, or nothing came before, there is no space.
                assert piece.start in (0, len(text)) or text[piece.start] == " "
            else:
                written[piece.start : end] = piece.text
    assert "".join(written) == text


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("a &amp; b", [("", "a & b", False)]),
        ("<td colspan='2'>a</TD>", [("td", "", True), ("", "a", False), ("/td", "", True)]),
        ("<em>a</em>", [("em", "", False), ("", "a", False), ("/em", "", False)]),
        ('a<sup class="note">12</sup>', [("", "a", False), ("sup", "", False)]),
        ('<img src="/x" alt="an &lt;oak&gt;">', [("img", "an <oak>", True)]),
        ("1 < 2", [("", "1 < 2", False)]),
        ("", []),
    ],
)
def test_a_run_says_what_it_is(html: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(run.name, run.text, run.separates) for run in runs(html)] == found


def test_a_note_that_is_called_has_no_place() -> None:
    places = [
        (piece.text, piece.start)
        for _run, pieces in placed('<p>One<sup class="note">1</sup> two</p>\n<p>three<br>four</p>')
        for piece in pieces
        if not piece.blank
    ]
    assert places == [("One", 0), ("two", 4), ("three", 8), ("four", 14)]
