"""Short ways for the tests to read something and to say what came out."""

from consult.blocks.blocks import Block, Draft
from consult.importing.formats import read_here


def draft_of(source: str | bytes, filename: str) -> Draft:
    """Read in this process, which is quick; what the child adds has tests of its own."""
    return read_here(source.encode() if isinstance(source, str) else source, filename)


def outline(draft: Draft) -> list[tuple[str, int, str, str]]:
    """Kind, level, label and text of every block behind the title."""
    return [(b.kind.value, b.level, b.label, b.text) for b in draft.blocks[1:]]


def title(draft: Draft) -> str:
    assert draft.blocks[0].kind == "title"
    return draft.blocks[0].text


def block_with(draft: Draft, words: str) -> Block:
    return next(block for block in draft.blocks if words in block.text)


def messages(draft: Draft) -> str:
    return "\n".join(str(finding) for finding in draft.findings)
