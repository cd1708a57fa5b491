"""The doors through which a string becomes markup."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from consult.text import plain_text, sanitise_wording
from consult.text.markup import joined, stored, written


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_text_is_written_so_that_it_says_the_same(text: str) -> None:
    html = written(text)
    assert "<" not in html and ">" not in html
    assert unescape(html) == text
    assert plain_text(html) == " ".join(text.split())


def test_text_is_written_as_the_gates_write_it() -> None:
    said = "“Dogs” & 'cats', \"birds\" <all>"
    assert sanitise_wording(str(written(said))) == written(said)


def test_only_markup_is_joined_to_markup() -> None:
    pieces = [Markup("<b>"), written("<a & b>"), stored("</b>")]
    made = joined(pieces)
    assert isinstance(made, Markup)
    assert made == "<b>&lt;a &amp; b&gt;</b>"
    with pytest.raises(TypeError):
        joined([*pieces, "<i>"])  # type: ignore[list-item]
