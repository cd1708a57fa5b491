"""The pictures of drafts: kept by their digest below the site's data."""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Block
from consult.drafts.models import Wording
from consult.text.sanitising import FIGURE_SCHEME

FOLDER = "images"

# What the importer makes of every picture (drafts/importing/gallery.py), by how it begins.
_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_DIGEST = re.compile("[0-9a-f]{64}")
_UNSTORED, _STORED = f'<img src="{FIGURE_SCHEME}:', '<img src="/figures/'
# How the HTML of a wording shows a picture.
ADDRESS = 'src="/figures/'
SHOWN = re.compile(f"{ADDRESS}({_DIGEST.pattern})")


def keep_images(data: Path, images: Mapping[str, bytes]) -> None:
    """Keep pictures below the site's `data`, safe on the disk when this returns.

    Raises ValueError for a name that is not the SHA-256 of its bytes, and for what is no picture.
    """
    folder = data / FOLDER
    for digest, image in images.items():
        if sha256(image).hexdigest() != digest or not type_of(image):
            raise ValueError("not a picture under its own digest")
        if not (folder / digest).exists():
            _write(folder, digest, image)


def _write(folder: Path, name: str, image: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(image)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(folder / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # A new name is only certain to survive a power cut once its folder is on the disk too.
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def addressed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a draft with the addresses at which their pictures are shown."""
    return tuple(
        replace(block, html=block.html.replace(_UNSTORED, _STORED))
        if _UNSTORED in block.html
        else block
        for block in blocks
    )


def shown_images(session: Session) -> set[str]:
    """Return the digests of all pictures that a version shows, published or not."""
    found = session.scalars(
        select(Wording.html)
        .where(Wording.html.contains(ADDRESS, autoescape=True))
        .execution_options(yield_per=500)
    )
    return {digest for html in found for digest in SHOWN.findall(html)}


def kept_images(data: Path) -> dict[str, Path]:
    """Return where the pictures below the site's `data` lie, by the digests that name them."""
    folder = data / FOLDER
    return {path.name: path for path in folder.glob("*") if _DIGEST.fullmatch(path.name)}


def type_of(image: bytes) -> str:
    """Return the media type of a picture by how it begins, "" where it is none that we keep."""
    return next((kind for start, kind in _TYPES.items() if image.startswith(start)), "")
