"""Collects every string that people see: ``make messages``.

Writes consult.pot from the code and templates and brings each language's catalogue up to date.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PACKAGE = HERE.parent
TEMPLATE = HERE / "consult.pot"
METHODS = [("**.py", "python"), ("**.jinja2", "jinja2.ext.babel_extract")]
# TranslationString factories, and pluralize(singular, plural, n) called on a localizer.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pluralize": (1, 2),
}
OPTIONS = {"**.jinja2": {"trimmed": "false", "newstyle_gettext": "true", "silent": "false"}}


def collect() -> Catalog:
    """Return a catalogue of every string in the package, without translations."""
    found = Catalog(project="consult", charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [(f"consult/{name}", 0)], auto_comments=comments, context=context)
    return found


def main() -> None:
    """Write the template and update every language's catalogue."""
    found = collect()
    with TEMPLATE.open("wb") as file:
        # Its header would say when it was made, and make the file different each time.
        write_po(file, found, omit_header=True, include_lineno=False, sort_output=True, width=100)
    for path in HERE.glob("*/LC_MESSAGES/consult.po"):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        catalogue.update(found)
        with path.open("wb") as file:
            write_po(file, catalogue, include_lineno=False, sort_output=True, width=100)


if __name__ == "__main__":
    main()
