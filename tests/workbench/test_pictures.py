"""A picture on the workbench: officials say what it shows and what stands below it, in words."""

import pytest

from consult.blocks.blocks import Kind
from consult.drafts.pictures import description, pictured
from consult.workbench.marks import Manner, parts, typed
from tests.workbench.conftest import Workbench

PICTURE = f'<img src="/figures/{64 * "a"}" alt="" width="4" height="3">'
OAK = PICTURE.replace('alt=""', 'alt="An oak"')


@pytest.fixture
def figure(bench: Workbench) -> Workbench:
    """The workbench, its second paragraph a picture without a word."""
    bench.sets("k3", kind=Kind.FIGURE, html=PICTURE, label="")
    return bench


def tag(html: str) -> dict[str, str]:
    """The attributes of the picture with which some HTML begins."""
    words = html.removeprefix("<img ").partition(">")[0].split('" ')
    return {name: value.strip('"') for name, value in (word.split("=", 1) for word in words)}


def test_what_it_shows_is_typed_as_words(figure: Workbench) -> None:
    assert figure.browser.get(f"{figure.base}?edit=k3").html.select_one(
        "textarea[name=description]"
    )
    figure.acts("k3", description='  An "oak" <old>\nin spring ')
    html = figure.rows()[2][4]
    assert tag(html) == {
        "src": f"/figures/{64 * 'a'}",
        "alt": "An &quot;oak&quot; ‹old› in spring",
        "width": "4",
        "height": "3",
    }
    assert figure.wording("k3").text == 'An "oak" ‹old› in spring'
    assert figure.typed("k3")["description"].strip() == 'An "oak" ‹old› in spring'


def test_it_is_seen_by_officials_and_undone(figure: Workbench) -> None:
    preview = f"{figure.base.removesuffix('workbench')}preview"
    for page in (figure.base, preview):
        figure.browser.get(page).mustcontain("No description yet")
    figure.acts("k3", description="An oak")
    for page in (figure.base, preview):
        assert figure.browser.get(page).html.select_one(".described").text == "Description: An oak"
    assert "The text of ¶2 was corrected." in figure.browser.get(figure.base)
    figure.undoes()
    assert figure.rows()[2][4] == PICTURE


def test_a_caption_is_typed_with_marks_and_may_be_empty(figure: Workbench) -> None:
    figure.acts("k3", text="Our *oak*.\n\nIn spring.")
    assert figure.rows()[2][4].endswith(">Our <em>oak</em>.<br>In spring.")
    assert figure.typed("k3")["text"].strip() == "Our *oak*.\nIn spring."
    figure.acts("k3", text="")
    assert description(Kind.FIGURE, figure.rows()[2][4]) == ""


def test_what_follows_becomes_its_caption(figure: Workbench) -> None:
    figure.sets("k4", html="Our oak", label="")
    figure.acts("k3", "merge", description="An oak")
    fields = figure.typed("k3")
    assert (fields["description"].strip(), fields["text"].strip()) == ("An oak", "Our oak")


def test_nothing_is_stored_where_nothing_was_changed(figure: Workbench) -> None:
    figure.acts("k3", in_part=True, status=200).mustcontain("Nothing was changed.")


def test_too_long_a_description_is_kept_in_the_form(figure: Workbench) -> None:
    page = figure.acts("k3", status=422, description="x" * 2001)
    page.mustcontain("at most 2000", "x" * 2001)
    assert figure.rows()[2][4] == PICTURE


@pytest.mark.parametrize("caption", ["", "Our <em>oak</em>", "Two<br>lines"])
def test_a_caption_comes_back_as_it_was(caption: str) -> None:
    manner, source = typed(Kind.FIGURE, OAK + caption)
    assert manner is Manner.CAPTION
    (said,) = parts(Kind.FIGURE, manner, source)
    assert said == caption
    assert tag(pictured(OAK, "An oak", said)) == tag(OAK)


def test_several_pictures_are_typed_as_html_which_says_where_the_words_are(
    figure: Workbench,
) -> None:
    assert typed(Kind.FIGURE, OAK + OAK)[0] is Manner.HTML
    table = f"<table><tbody><tr><td>{OAK}</td></tr></tbody></table>"
    figure.sets("k4", kind=Kind.TABLE, html=table, label="")
    figure.browser.get(f"{figure.base}?edit=k4").mustcontain("Between alt=")
    assert not figure.browser.get(f"{figure.base}?edit=k4").html.select(
        "textarea[name=description]"
    )
