"""Pictures are kept, made anew, described, and asked to be described where they are not."""

import io
from base64 import b64encode
from hashlib import sha256

import pytest
from PIL import Image

from consult.blocks.blocks import Draft
from consult.importing import limits
from consult.importing.gallery import Gallery
from tests.importing.opendocument_files import flat_file
from tests.importing.opendocument_files import p as odt_paragraph
from tests.importing.reading import draft_of, messages, outline
from tests.importing.word_files import drawing, p, with_pictures, word_file


def picture(
    width: int = 40, height: int = 30, kind: str = "PNG", mode: str = "RGB", noise: bool = False
) -> bytes:
    image = (
        Image.effect_noise((width, height), 90) if noise else Image.new("L", (width, height), 90)
    )
    stream = io.BytesIO()
    image.convert(mode).save(stream, kind)
    return stream.getvalue()


def page(inner: str) -> Draft:
    return draft_of(f"<html><body><h1>T</h1>{inner}</body></html>", "x.html")


def held(data: bytes) -> str:
    return f"data:image/png;base64,{b64encode(data).decode()}"


def test_picture_held_in_a_page_is_kept_with_description_size_and_caption() -> None:
    draft = page(
        f'<figure><img src="{held(picture())}" alt="An oak &lt;old&gt;"><figcaption>Our oak'
        "</figcaption></figure>"
    )
    (digest,) = draft.images
    assert draft.blocks[1].html == (
        f'<img src="figure:{digest}" alt="An oak ‹old›" width="40" height="30">Our oak'
    )
    assert draft.blocks[1].text == "An oak ‹old› Our oak"
    assert sha256(draft.images[digest]).hexdigest() == digest
    assert draft.findings == ()


def test_missing_description_is_asked_for() -> None:
    draft = page(f'<p><img src="{held(picture())}"></p><p>Text.</p>')
    assert [block.kind for block in draft.blocks] == ["title", "figure", "paragraph"]
    assert 'alt=""' in draft.blocks[1].html and "Describe this picture" in messages(draft)


@pytest.mark.parametrize("address", ["https://example.org/a.png", "a.png", "file:///etc/hostname"])
def test_what_lies_outside_of_the_file_is_never_fetched(address: str) -> None:
    draft = page(f'<p><img src="{address}" alt="An oak"></p>')
    assert outline(draft) == [("figure", 0, "", "An oak")] and draft.images == {}
    assert "is not in the file" in messages(draft)


def test_pictures_of_word_files() -> None:
    source = word_file(p("T") + drawing("rId9", "An oak"))
    draft = draft_of(with_pictures(source, rId9=picture()), "x.docx")
    (digest,) = draft.images
    assert draft.blocks[-1].html.startswith(f'<img src="figure:{digest}" alt="An oak"')


def test_pictures_of_flat_opendocument_files() -> None:
    frame = (
        "<draw:frame><draw:image><office:binary-data>"
        f"{b64encode(picture()).decode()}</office:binary-data></draw:image>"
        "<svg:title>An oak</svg:title></draw:frame>"
    )
    draft = draft_of(flat_file(odt_paragraph("T", "Title") + odt_paragraph(frame)), "x.fodt")
    assert 'alt="An oak" width="40"' in draft.blocks[1].html and len(draft.images) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_every_kind_becomes_png_or_jpeg_without_what_was_around_it(kind: str) -> None:
    gallery = Gallery()
    kept = gallery.take(picture(kind=kind) + b"<script>", "")
    assert kept is not None and (kept.width, kept.height) == (40, 30)
    image = gallery.images[kept.digest]
    assert image.startswith((b"\x89PNG", b"\xff\xd8\xff")) and b"script" not in image


def test_large_pictures_are_made_smaller_and_noisy_ones_photographs() -> None:
    gallery = Gallery()
    kept = gallery.take(picture(4000, 1000), "")
    assert kept is not None and (kept.width, kept.height) == (1600, 400)
    noisy = gallery.take(picture(1500, 1500, noise=True), "")
    assert noisy is not None and gallery.images[noisy.digest].startswith(b"\xff\xd8\xff")


def test_bombs_scraps_and_damaged_pictures_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    gallery = Gallery()
    assert gallery.take(picture(6000, 6000), "") is None
    assert gallery.take(picture(400, 1), "") is None
    assert gallery.take(picture()[:60], "") is None
    assert gallery.take(b"GIF89a", "") is None
    monkeypatch.setattr(limits, "MAX_PICTURE_BYTES", 10)
    assert gallery.take(picture(50, 50), "") is None and gallery.images == {}


def test_same_picture_twice_is_kept_once() -> None:
    source = held(picture())
    draft = page(f'<img src="{source}" alt="One"><img src="{source}" alt="Two">')
    assert len(draft.images) == 1 and [b.text for b in draft.blocks[1:]] == ["One", "Two"]
