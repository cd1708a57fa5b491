"""One paragraph becomes several."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.keys import new_paragraphs
from consult.drafts.models import Version, Wording, WorkingAct, WorkingStep
from consult.importing.labels import find_label
from consult.text import plain_text
from consult.text.markup import written
from consult.workbench.recast import level_of
from consult.workbench.rows import Row, row_of
from consult.workbench.steps import step


def split(
    session: Session,
    version: Version,
    wording: Wording,
    parts: Sequence[str],
    *,
    actor_id: int | None = None,
) -> WorkingStep:
    """Divide a paragraph into `parts`, sanitised HTML of two or more.

    The first keeps identity, number and kind. The others are new; a number at their beginning
    becomes their own, and behind a heading or title they are paragraphs.
    """
    row = row_of(wording)
    made = new_paragraphs(session, version.document, len(parts) - 1)
    after = [replace(row, html=parts[0])]
    for apart, (html, (paragraph_id, key)) in enumerate(zip(parts[1:], made, strict=True), start=1):
        new = replace(row, paragraph_id=paragraph_id, key=key, position=row.position + apart)
        after.append(_following(new, html))
    return step(session, version, WorkingAct.SPLIT, [row], after, actor_id=actor_id)


def _following(row: Row, html: str) -> Row:
    """Make of a row like the first one that which follows it and says `html`."""
    kind = Kind.PARAGRAPH if row.kind in (Kind.TITLE, Kind.HEADING) else row.kind
    label, html = ("", html) if kind is Kind.CODE else labelled(html)
    if kind is Kind.PARAGRAPH and _sets_item_apart(label):
        kind = Kind.ITEM
    level = level_of(kind, row.level if kind is row.kind else 1)
    return replace(row, kind=kind, level=level, label=label, html=html)


def _sets_item_apart(label: str) -> bool:
    """Say whether a number is that of an item, "(a)" or "b.", and not of a paragraph, "3.12"."""
    lettered = label.endswith(".") and label[:-1].isalpha()
    return lettered or bool({label[:1], label[-1:]} & {"(", ")"})


def labelled(html: str) -> tuple[str, str]:
    """Take a number that is typed at the beginning off a text; "" where there is none.

    One with marks within it stays in the text, where nothing is lost.
    """
    text = plain_text(html)
    found = find_label(text)
    if found is None:
        return "", html
    typed = written(text[: found.length])
    if not html.replace("\xa0", " ").startswith(typed):
        return "", html
    return found.label, html[len(typed) :]
