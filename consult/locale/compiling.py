"""Compiles the catalogues, and makes those of the two testing languages.

The testing languages say what code and templates say now, whether or not the template of the other
catalogues is up to date.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from consult.locale.catalogues import collect
from consult.locale.pseudo import RULES, catalogue

HERE = Path(__file__).parent


def compile_into(folder: Path) -> None:
    """Write a consult.mo for every language that has a consult.po, and for every testing language."""
    for path in HERE.glob("*/LC_MESSAGES/consult.po"):
        name = path.parent.parent.name
        with path.open("rb") as source:
            _write(folder, name, read_po(source, locale=name))
    found = collect()
    for name in RULES:
        _write(folder, name, catalogue(found, name))


def _write(folder: Path, name: str, content: Catalog) -> None:
    file = folder / name / "LC_MESSAGES" / "consult.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_mo(target, content)


def main() -> None:
    """Write the compiled catalogues beside the others."""
    compile_into(HERE)


if __name__ == "__main__":
    main()
