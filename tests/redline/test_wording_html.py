"""Wordings in the elements of their kinds, with and without what changed in them."""

import re

import pytest
from pyramid.i18n import Localizer

from consult.alignment.fates import FateKind
from consult.blocks.blocks import Kind
from consult.fates.comparing import Change, Line
from consult.fates.wording_rows import Words
from consult.redline.wording_html import Strokes, wrapped
from consult.text import plain_text

OAK = f'<img src="/figures/{64 * "0"}" alt="An oak" width="4" height="3">'


def figure(html: str, number: int) -> Words:
    return Words(number, 1, "k2", 2, Kind.FIGURE, 0, "", html, plain_text(html))


def line(kind: FateKind, old: str, new: str) -> Line:
    olds: tuple[Words, ...] = (figure(old, 1),) if old else ()
    news: tuple[Words, ...] = (figure(new, 2),) if new else ()
    return Line(Change(kind, olds, news, edited=True), (news or olds)[0], gone=not news)


def shown(one: Line) -> str:
    """A line as it is seen."""
    return re.sub(r'<span class="vh">.*?</span>', "", Strokes(Localizer("en", None)).line(one))


def test_below_a_picture_stands_its_caption() -> None:
    captioned = f"<figure>{OAK}<figcaption>Our <em>oak</em></figcaption></figure>"
    assert wrapped(Kind.FIGURE, f"{OAK}Our <em>oak</em>", "") == captioned
    assert wrapped(Kind.FIGURE, OAK, "") == f"<figure>{OAK}</figure>"
    assert wrapped(Kind.FIGURE, "An oak", "") == "<figure>An oak</figure>"


@pytest.mark.parametrize(
    ("kind", "old", "new", "element"),
    [
        (FateKind.NEW, "", f"{OAK}Our oak", "ins"),
        (FateKind.REMOVED, f"{OAK}Our oak", "", "del"),
    ],
)
def test_a_picture_and_its_caption_come_and_go(
    kind: FateKind, old: str, new: str, element: str
) -> None:
    assert shown(line(kind, old, new)) == (
        f"<figure><{element}>{OAK}</{element}>"
        f"<figcaption><{element}>Our oak</{element}></figcaption></figure>"
    )


def test_what_changed_in_a_description_stands_below_the_picture() -> None:
    told = OAK.replace("An oak", "An old oak")
    changed = shown(line(FateKind.EDITED, OAK, told))
    assert changed.startswith(f"<figure>{told}<figcaption>An ")
    assert "<ins>old " in changed and changed.endswith("</figcaption></figure>")


def test_a_table_is_a_place_with_a_name() -> None:
    assert wrapped(Kind.TABLE, "<table></table>", 'Table: "1"') == (
        '<div class="scroll" tabindex="0" role="region" aria-label="Table: &#34;1&#34;">'
        "<table></table></div>"
    )
