"""Stretches of text: what is preformatted, and paragraphs made with line breaks."""

from collections.abc import Iterator

from consult.importing.hypertext.counting import Element
from consult.importing.runs import Run, lines, text_of, tidy


def code_text(element: Element) -> Iterator[str]:
    """The text of preformatted matter, its line breaks as they are."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif isinstance(child.tag, str):
            yield from code_text(child)
        yield child.tail or ""


def paragraphs_of(runs: list[Run], keep: bool) -> Iterator[list[Run]]:
    """Divide where an author made paragraphs by empty lines; `keep`: only close the gaps."""
    stretch: list[Run] = []
    for line in lines(runs):
        if text_of(line).strip():
            stretch += [Run("\n"), *line] if stretch else line
        elif stretch and not keep:
            yield tidy(stretch)
            stretch = []
    if stretch:
        yield tidy(stretch)
