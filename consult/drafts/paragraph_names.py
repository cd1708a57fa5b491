"""What a paragraph is called when people speak of it: "3.12", "3.12 (a)", "note 4", "paragraph 7"."""

from collections.abc import Iterable
from typing import Protocol

from pyramid.i18n import Localizer
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from consult.blocks.blocks import Kind
from consult.drafts.models import Wording
from consult.i18n import _
from consult.text import excerpt

LONGEST = 60  # characters of a heading without a number


class Named(Protocol):
    """What naming needs of a wording."""

    @property
    def paragraph_id(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


def names(wordings: Iterable[Named], localizer: Localizer) -> dict[int, str]:
    """Return each paragraph's name by its id; `wordings` are those of a whole version, in order.

    A list item's own letter says little, so the number of the paragraph above it comes first; a
    note's number is no paragraph's, which it may look like.
    """
    named: dict[int, str] = {}
    above = ""
    for wording in wordings:
        label = wording.label.rstrip(".")
        if wording.kind is Kind.ITEM:
            name = f"{above} {label}".strip() if label else ""
        elif wording.kind is Kind.NOTE:
            said = _("note ${label}", mapping={"label": label})
            name = str(localizer.translate(said)) if label else ""
        else:
            name = label
            above = label or above
        named[wording.paragraph_id] = name or _unnumbered(wording, localizer)
    return named


def label_above() -> ColumnElement[str]:
    """Return, for queries of wordings, the number of the paragraph above a list item; "" of all else."""
    higher = aliased(Wording)
    above = (
        select(higher.label)
        .where(
            higher.version_id == Wording.version_id,
            higher.position < Wording.position,
            higher.kind.not_in((Kind.ITEM, Kind.NOTE)),
            higher.label != "",
        )
        .order_by(higher.position.desc())
        .limit(1)
        .correlate(Wording)
        .scalar_subquery()
    )
    return case((Wording.kind == Kind.ITEM, func.coalesce(above, "")), else_="")


def _unnumbered(wording: Named, localizer: Localizer) -> str:
    if wording.kind is Kind.TITLE:
        return str(localizer.translate(_("the draft as a whole")))
    if wording.kind is Kind.HEADING:
        return f"“{excerpt(wording.text, LONGEST)}”"
    place = wording.position - 1  # the title is the first
    return str(localizer.translate(_("paragraph ${place}", mapping={"place": place})))
