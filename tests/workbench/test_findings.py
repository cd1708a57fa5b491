"""What an import found: where it is, said once, and settled by doing what it asks for."""

from dataclasses import asdict

from consult.blocks.blocks import Block, Finding, Kind
from consult.blocks.messages import Message
from consult.blocks.places import Place, Unit
from consult.importing.gallery import UNDESCRIBED
from consult.intake.findings import located
from tests.workbench.conftest import Workbench

PICTURE = f'<img src="/figures/{64 * "a"}" alt="" width="4" height="3">'
LINKS = Message("A link was made plain text.")


def paragraph(number: int) -> Place:
    return Place(Unit.PARAGRAPH, number)


def block(kind: Kind, html: str, place: Place) -> Block:
    return Block(kind, 0, "", html, "", place)


def keys(findings: list[Finding], blocks: list[Block]) -> list[str]:
    """Where findings are: the key of a block is its number."""
    return [f["key"] for f in located(findings, blocks, [str(n) for n in range(len(blocks))])]


def test_each_of_several_pictures_at_one_place_is_asked_for_its_own_description() -> None:
    described = PICTURE.replace('alt=""', 'alt="An oak"')
    pictures = [PICTURE, described, PICTURE]
    blocks = [block(Kind.FIGURE, html, paragraph(3)) for html in pictures]
    asked = [Finding(paragraph(3), UNDESCRIBED)] * 2
    assert keys(asked, blocks) == ["0", "2"]
    assert keys([*asked, Finding(paragraph(4), LINKS)], blocks) == ["0", "2", "0"]


def test_a_picture_in_a_table_is_found_in_the_table() -> None:
    table = f"<table><tbody><tr><td>{PICTURE}</td></tr></tbody></table>"
    blocks = [
        block(Kind.PARAGRAPH, "Text.", paragraph(1)),
        block(Kind.TABLE, table, Place(Unit.TABLE, 1)),
        block(Kind.FIGURE, PICTURE, paragraph(9)),
    ]
    asked = [Finding(paragraph(n), UNDESCRIBED) for n in (4, 9, 12)]
    assert keys(asked, blocks) == ["1", "2", ""]


def reported(bench: Workbench, *findings: tuple[Finding, str]) -> None:
    """Have the working version report findings, each with the key of its paragraph."""
    bench.version.findings = [asdict(f) | {"key": key, "looked": ""} for f, key in findings]
    bench.db.commit()


def test_what_says_the_same_is_said_once_with_all_its_places(bench: Workbench) -> None:
    link = [(Finding(paragraph(n), LINKS), key) for n, key in ((4, "k2"), (7, "k4"), (9, "gone"))]
    reported(bench, *link, (Finding(None, Message("All in all.")), ""))
    preview = f"{bench.base.removesuffix('workbench')}preview"
    page = bench.browser.get(preview).html
    assert "4 things to look at" in page.summary.text
    assert [" ".join(li.text.split()) for li in page.select(".report li")] == [
        "A link was made plain text. paragraph 4, paragraph 7, paragraph 9",
        "All in all.",
    ]
    assert [a["href"] for a in page.select(".report li a")] == ["#p-k2", "#p-k4"]
    assert page.select_one("#p-k2.block") is not None
    page = bench.browser.get(bench.base).html
    assert page.text.count("A link was made plain text.") == 3, "once, and beside two paragraphs"
    boxes = page.select(".bench-alike [name=looked]")
    assert [box["aria-label"] for box in boxes] == [
        "Looked at: paragraph 4",
        "Looked at: paragraph 7",
        "Looked at: paragraph 9",
    ]


def test_a_picture_that_was_described_is_asked_for_no_more(bench: Workbench) -> None:
    bench.sets("k3", kind=Kind.FIGURE, html=PICTURE, label="")
    reported(bench, (Finding(paragraph(3), UNDESCRIBED), "k3"))
    preview = f"{bench.base.removesuffix('workbench')}preview"
    assert len(bench.browser.get(bench.base).html.select("#p-k3 .bench-flags")) == 1
    bench.browser.get(preview).mustcontain("1 thing to look at")
    part = bench.acts("k3", in_part=True, status=200, description="An oak")
    assert not part.html.select(".bench-flags")
    page = bench.browser.get(bench.base)
    page.mustcontain("1 of 1 looked at")
    assert page.html.select_one("#finding-0").has_attr("disabled")
    page = bench.browser.get(preview)
    page.mustcontain("1 thing is settled.", no=["1 thing to look at"])
    bench.undoes()
    bench.browser.get(bench.base).mustcontain("0 of 1 looked at")
