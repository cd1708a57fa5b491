"""Redlines over HTML, and where quoted words stand: never on others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.redline.over_html import over_html
from consult.redline.redlining import Place, place_now, redlined
from consult.text.plain import plain_text

WORD = st.sampled_from(["lime", "oak", "a", "&lt;b&gt;", "“so”", "&amp;", "x", "Bäume", "。"])
PIECE = st.sampled_from(
    ["<b>{}</b>", "{}", '<a href="/x">{}</a>', "<br>{}", "{}\n", " {} ", "<p>{}</p>", "<em></em>{}"]
)
HTML = st.lists(st.tuples(PIECE, WORD), max_size=12).map(
    lambda parts: " ".join(piece.format(word) for piece, word in parts)
)


@given(HTML, HTML)
def test_without_its_marks_a_redline_is_the_new_html(old: str, new: str) -> None:
    texts = plain_text(old), plain_text(new)
    (pairs,) = redlined(texts[:1], texts[1:])
    marked = over_html(new, pairs, deleted="deleted:", inserted="inserted:")
    gone = re.findall(r'<del><span class="vh">deleted: </span>(.*?)</del>', marked, re.DOTALL)
    bare = re.sub(r"<del>.*?</del>", "", marked, flags=re.DOTALL)
    bare = re.sub(
        r'<ins><span class="vh">inserted: </span>(.*?)</ins>', r"\1", bare, flags=re.DOTALL
    )
    assert plain_text(bare) == texts[1]
    assert re.findall(r"<[^>]+>", bare) == (re.findall(r"<[^>]+>", new) if "<" in new else [])
    deleted = "".join(words for mark, words in pairs if mark == "deleted")
    assert "".join(plain_text(f"<pre>{words}</pre>") for words in gone).replace(" ", "") == (
        deleted.replace(" ", "")
    )


@given(
    st.lists(HTML.map(plain_text), min_size=1, max_size=3),
    st.lists(HTML.map(plain_text), min_size=1, max_size=3),
)
def test_what_is_cut_into_pieces_is_all_there(olds: list[str], news: list[str]) -> None:
    pieces = redlined(tuple(olds), tuple(news))
    assert ["".join(w for mark, w in piece if mark != "deleted") for piece in pieces] == news


OLD = "The council must act by May. The council must pay for the trees that stand on Mill Lane."


@pytest.mark.parametrize(
    ("exact", "new", "found"),
    [
        ("trees that stand", OLD.replace("by May", "by June"), True),
        ("council", OLD.replace("trees", "limes"), True),
        # A sentence that moved is still the same sentence.
        (OLD[29:], f"{OLD[29:]} {OLD[:28]} That is all.", True),
        ("pay for the trees that stand on Mill Lane", f"Gone. {OLD[29:]}", True),
        # The words of a sentence that is gone are not those of one that stayed or came.
        ("act", f"{OLD[29:]} Nobody may act.", False),
        ("pay for the trees", "The trees on Mill Lane pay for themselves.", False),
        # What stands there twice now might be either.
        ("Mill Lane", f"{OLD} {OLD}", False),
    ],
)
def test_where_words_stand_now(exact: str, new: str, found: bool) -> None:
    start = OLD.index(exact)
    place = place_now((OLD,), Place(0, start, start + len(exact)), (new,))
    assert (place is not None) == found
    assert place is None or new[place.start : place.end] == exact


def test_of_equal_words_each_goes_its_own_way() -> None:
    old = "Trees are watered by the council. Trees are pruned by whoever lives beside them."
    new = "Trees are pruned by whoever lives beside them, in winter."
    second = old.rindex("Trees are")
    assert place_now((old,), Place(0, 0, 9), (new,)) is None
    assert place_now((old,), Place(0, second, second + 9), (new,)) == Place(0, 0, 9)


def test_typography_is_no_change() -> None:
    old, new = "He said “no more” - twice, and left.", 'He said "no more" – twice, and left.'
    start = old.index("“no")
    assert place_now((old,), Place(0, start, start + 9), (new,)) == Place(0, start, start + 9)
