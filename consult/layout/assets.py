"""Copies what npm installed to static/vendor: ``python -m consult.layout.assets``.

The site serves everything itself and GOV.UK's typeface, crest and crown are not ours to serve, so
the style sheet loses its ``@font-face`` rules, its font family and every ``url()`` on the way. The
same input gives the same bytes.
"""

import re
import sys
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif'

SOURCES = {
    "govuk-frontend.min.css": "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "axe.min.js": "axe-core/axe.min.js",
}
# No page asks for it; tests put it into pages.
FOR_TESTS = ("axe.min.js",)

# The notice above the font faces speaks of the typeface alone, so it goes with them.
FONT_NOTICE = re.compile(r"/\*![^*]*Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_FAMILY = re.compile(r'"?GDS Transport"?,\s*arial,\s*sans-serif')
CREST = re.compile(
    r"(?:background|background-image|-webkit-mask-image|mask-image):url\([^)]*\)[^;}]*;?"
)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*")


def without_marks(css: str) -> str:
    """Return GOV.UK Frontend's style sheet without typeface, crest and source map.

    Raises ValueError if a ``url()`` or the typeface is still there, as after an upgrade that spells
    them otherwise.
    """
    for pattern in (FONT_NOTICE, FONT_FACE, CREST, SOURCE_MAP):
        css = pattern.sub("", css)
    css = FONT_FAMILY.sub(SYSTEM_FONTS, css)
    for forbidden in ("url(", "GDS Transport"):
        if forbidden in css:
            raise ValueError(f"govuk-frontend.min.css still holds {forbidden!r}: adapt {__file__}")
    return css


def wanted(source: Path) -> bytes:
    """Return the bytes that ``source`` becomes when it is served from this site."""
    text = source.read_text(encoding="utf-8")
    text = without_marks(text) if source.suffix == ".css" else SOURCE_MAP.sub("", text)
    return text.encode()


def copy(
    modules: Path = MODULES, vendor: Path = VENDOR, without: Collection[str] = ()
) -> list[str]:
    """Bring ``vendor`` up to date from ``modules`` and return the names of the files that were written.

    The files named in ``without`` are passed over. A file that already has the right bytes is left
    alone, so that its age tells when it last changed.
    Raises FileNotFoundError, whose message says what to do, if npm has not been run.
    """
    sources = {name: modules / SOURCES[name] for name in SOURCES if name not in without}
    for source in sources.values():
        if not source.is_file():
            raise FileNotFoundError(f"{source} is missing: run 'npm ci --ignore-scripts' first.")
    written = []
    vendor.mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        target = vendor / name
        content = wanted(source)
        if not target.is_file() or target.read_bytes() != content:
            target.write_bytes(content)
            written.append(name)
    return written


def main() -> int:
    """Copy and report; the exit status is 1, after one sentence on stderr, if something is missing."""
    try:
        written = copy()
    except (FileNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if written:
        print(f"Copied to static/vendor: {', '.join(written)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
