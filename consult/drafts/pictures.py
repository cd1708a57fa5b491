"""A picture as officials see to it: what it shows, in words, and its caption below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Block, Kind
from consult.drafts.models import Version, Wording
from consult.text import plain_text, sanitise_wording
from consult.text.markup import stored
from consult.text.runs import Run, runs

LONGEST_DESCRIPTION = 2000

_ADDRESS = re.compile(r' src="(/figures/[0-9a-f]{64})"')
_DESCRIPTION = re.compile(r' alt="[^"]*"')


def parted(kind: Kind, html: str) -> tuple[str, str]:
    """Return the picture of a figure as its tag, and its caption as HTML; "" for what is not there."""
    found = runs(html) if kind is Kind.FIGURE else []
    if not found or found[0].name != "img":
        return "", html
    return found[0].html, html[len(found[0].html) :].strip()


def description(kind: Kind, html: str) -> str | None:
    """Return what is said of the picture of a figure, maybe nothing yet; None of all else."""
    found = runs(html) if kind is Kind.FIGURE else []
    return found[0].text if found and found[0].name == "img" else None


def pictured(picture: str, said: str, caption: str) -> str:
    """Return the HTML of a figure: a picture as it was stored, what is said of it, and its caption."""
    return sanitise_wording(_described(picture, said) + caption)


def known_descriptions(session: Session, versions: Sequence[Version]) -> dict[str, str]:
    """Return what `versions` say of the pictures in them, by their addresses; the last one counts."""
    found: dict[str, str] = {}
    for version in versions:
        query = select(Wording.html).where(
            Wording.version_id == version.id, Wording.html.contains("<img ", autoescape=True)
        )
        for html in session.scalars(query.order_by(Wording.position)):
            for run in runs(html):
                if run.name == "img" and run.text:
                    found[_address(run.html)] = run.text
    return found


def with_descriptions(blocks: Sequence[Block], known: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks of a draft, its pictures described by `known` where the file does not."""
    if not known:
        return tuple(blocks)

    def described(run: Run) -> str:
        told = run.name != "img" or run.text
        said = "" if told else known.get(_address(run.html), "")
        return sanitise_wording(_described(run.html, said)) if said else run.html

    made = (
        (block, "".join(map(described, runs(block.html))) if "<img " in block.html else block.html)
        for block in blocks
    )
    return tuple(
        block if html == block.html else replace(block, html=html, text=plain_text(html))
        for block, html in made
    )


def _described(picture: str, said: str) -> str:
    # Quoted in an attribute these would still end a tag for whoever looks for one.
    plain = said.replace("<", "‹").replace(">", "›")
    bare = stored(_DESCRIPTION.sub("", picture).removesuffix(">"))
    return str(Markup('{} alt="{}">').format(bare, plain))


def _address(picture: str) -> str:
    found = _ADDRESS.search(picture)
    return found[1] if found else ""
