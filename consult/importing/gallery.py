"""Pictures of a file, made anew in a form that every browser shows.

What comes out holds nothing of the file but what is seen: no place, no camera, no second picture,
no code that some program would run.
"""

import binascii
import io
import re
import warnings
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from consult.blocks.blocks import Finding
from consult.blocks.messages import _
from consult.blocks.places import Place
from consult.importing import limits

if TYPE_CHECKING:
    from PIL import Image

# Smaller than this, in either direction, a picture is a line, a dot or a spacer.
_SPACER = 9
_PICTURE = r"(?:png|jpe?g|jfif|gif|webp|bmp|svgz?|tiff?|emf|wmf|heic|avif|eps|pdf|ico)"
# What programs put where a description belongs: where a picture was, its file, or its number.
_NO_DESCRIPTION = re.compile(
    rf"""
    [^?*<>|"]*\.{_PICTURE} (?:[?#]\S*)?               # IMG_2034.JPG, a map of the town.png
    | (?:[a-z]:[\\/]|\\\\|file:|https?:|ftp:|data:|cid:|blob:|www\.) .*       # a path, an address
    | (?:~|\.{{1,2}})?(?:[\\/][^\\/\s]+){{2,}}[\\/]?                          # /home/me/map
    | (?:image|img|picture|pic|photo|graphic|grafik|bild|foto|figure|graphique|imagen|image|imagem
        |immagine|afbeelding|shape|object|diagram|chart|clip\ ?art|screenshot|screen\ shot|dsc[nf]?
        |pxl|mvimg|rectangle|text\ box|group|untitled)
      [\s_-]* (?:\d[\d\s_.:-]*(?:(?:at|um)[\s_-]*[\d.:]+)?)? (?:\(\d+\))?        # Picture 2, image3
    """,
    re.IGNORECASE | re.VERBOSE,
)
_READ = ("PNG", "JPEG", "GIF", "WEBP", "BMP")

UNDESCRIBED = _("Describe this picture; those who cannot see it have nothing else to go by.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture: the digest of its bytes, its size in pixels, and what is said of it."""

    digest: str
    width: int
    height: int
    description: str = ""


class Gallery:
    """Takes pictures in, up to a limit on their number and on what they weigh together."""

    def __init__(self) -> None:
        self.images: dict[str, bytes] = {}
        self._known: dict[str, Picture | None] = {}
        self._weight = 0
        self._pixels = 0

    def take(self, data: bytes, description: str) -> Picture | None:
        """The picture in some bytes; None where it cannot be read, is a spacer, or too much."""
        name = sha256(data).hexdigest()
        if name not in self._known:
            self._known[name] = self._made(data) if len(self._known) < limits.MAX_PICTURES else None
        made = self._known[name]
        if made is None:
            return None
        return Picture(made.digest, made.width, made.height, description)

    def _made(self, data: bytes) -> Picture | None:
        try:
            found = self._encoded(data)
        # What a damaged picture does to its reader is anybody's guess; the draft goes on without.
        except Exception:
            return None
        if found is None or self._weight + len(found[0]) > limits.MAX_PICTURE_BYTES:
            return None
        encoded, width, height = found
        self._weight += len(encoded)
        digest = sha256(encoded).hexdigest()
        self.images[digest] = encoded
        return Picture(digest, width, height)

    def _encoded(self, data: bytes) -> tuple[bytes, int, int] | None:
        """PNG for drawings and what one can see through, JPEG for photographs."""
        from PIL import Image, ImageOps

        Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS
        with warnings.catch_warnings():
            # Pillow warns above its limit, and only refuses above twice as much.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=_READ)
        self._pixels += opened.width * opened.height
        if min(opened.size) < _SPACER or self._pixels > 20 * limits.MAX_PIXELS:
            return None
        photograph = opened.format == "JPEG"
        opened.draft("RGB", (limits.MAX_PICTURE_SIDE, limits.MAX_PICTURE_SIDE))
        image: Image.Image = ImageOps.exif_transpose(opened)
        clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        image = image.convert("RGBA" if clear else "RGB")
        image.thumbnail((limits.MAX_PICTURE_SIDE, limits.MAX_PICTURE_SIDE))
        image.info.clear()
        if not photograph:
            drawing = _saved(image, "PNG")
            if clear or len(drawing) <= limits.MAX_DRAWING_BYTES:
                return drawing, image.width, image.height
        return _saved(image, "JPEG"), image.width, image.height


def description_of(said: str) -> str:
    """The alternative text of a picture on one line; a file's name or place describes nothing."""
    line = " ".join(said.split())
    return "" if _NO_DESCRIPTION.fullmatch(line.strip("\"'<>“”")) else line


def decode_base64(text: str) -> bytes | None:
    """The bytes of a picture that stands in a text; None where it is no such thing."""
    try:
        return b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def tell(place: Place | None, picture: Picture | None, description: str) -> Finding | None:
    """What the report says of a picture; nothing if it is there and described."""
    if picture is not None and description:
        return None
    if picture is not None:
        message = UNDESCRIBED
    elif description:
        message = _(
            "A picture is not in the file, or not in a form that can be shown; its description"
            " stands in its place."
        )
    else:
        message = _(
            "A picture that is not in the file, or not in a form that can be shown, and has no"
            " description, stood here."
        )
    return Finding(place, message)


def _saved(image: "Image.Image", kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, quality=85) if kind == "JPEG" else image.save(stream, kind)
    return stream.getvalue()
