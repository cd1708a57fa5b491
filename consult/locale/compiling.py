"""Compiles the catalogues, and makes those of the two testing languages.

The testing languages say what code and templates say now, whether or not the template of the other
catalogues is up to date.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from consult.locale.catalogues import collect
from consult.locale.pseudo import RULES, catalogue

HERE = Path(__file__).parent


def main() -> None:
    """Write a consult.mo beside every consult.po, and for every testing language."""
    for path in HERE.glob("*/LC_MESSAGES/consult.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parent.parent.name))
    found = collect()
    for name in RULES:
        folder = HERE / name / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "consult.mo").open("wb") as target:
            write_mo(target, catalogue(found, name))


if __name__ == "__main__":
    main()
