"""Whoever is asked about a change sees it as readers do: a table as a table, a picture as a picture."""

import re
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.blocks.blocks import Block, Draft, Kind
from consult.drafts.models import Paragraph, Version
from consult.drafts.published import wordings
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from consult.text import plain_text
from tests.browser import Browser
from tests.factories import Factory
from tests.gate.conftest import Plan

ROW = "<tr><td>{}</td><td>{}</td></tr>"
HEAD = ROW.format("Tree", "Number").replace("td>", "th>")
FORTY, TWELVE, SEVEN = (ROW.format(*row) for row in (("Lime", 40), ("Oak", 12), ("Elm", 7)))
FIGURE = '<img alt="{}" src="/figures/' + 64 * "0" + '">'
AIM = "The council plants trees along the harbour, and waters them in each dry summer."


class Pages:
    """A document of few paragraphs, of which the one in question comes second."""

    def __init__(self, db: Session, plan: Plan, browser: Browser) -> None:
        self.db, self.plan, self.browser = db, plan, browser

    def publish(self, *blocks: tuple[Kind, str]) -> Version:
        made = [Block(Kind.TITLE, 0, "", "Trees", "Trees")]
        made += [Block(kind, 0, "", html, plain_text(html)) for kind, html in blocks]
        draft = Draft(tuple(made), (), "fr", "markdown")
        version = import_draft(
            self.db, self.plan.consultation, "plan", draft, source=b"", data=self.plan.data
        )
        publish_version(self.db, version, what_changed="Much.")
        self.db.commit()
        return version

    def seen(self, kind: Kind, old: str, new: str | None) -> list[str]:
        """Return what the pages for the commenter and for officials show of a change."""
        aim = (Kind.PARAGRAPH, AIM)
        first = self.publish(aim, (kind, old))
        about: Paragraph = wordings(self.db, first)[2].paragraph
        author: Account = self.plan.comment(about, first).author
        self.publish(aim, *([(kind, new)] if new else [(Kind.PARAGRAPH, f"{AIM} Twice.")]))
        base = self.plan.base.replace("/officials", "")
        asked = self.browser.signed_in(author).get(f"{base}/p/{about.key}/verdict?version=2")
        official = self.browser.signed_in(self.plan.official)
        tied = official.get(f"{self.plan.base}/because/{about.key}?version=2")
        return [str(page.html.select_one(".verdict-change .draft")) for page in (asked, tied)]


@pytest.fixture
def pages(db: Session, make: Factory, tmp_path: Path, browser: Browser) -> Pages:
    return Pages(db, Plan(db, make, tmp_path), browser)


def test_a_table_is_a_table(pages: Pages) -> None:
    old = f"<table><thead>{HEAD}</thead><tbody>{FORTY}{TWELVE}{SEVEN}</tbody></table>"
    for shown in pages.seen(Kind.TABLE, old, old.replace(TWELVE, "").replace("40", "41")):
        assert 'class="scroll" role="region" tabindex="0"' in shown and 'lang="fr"' in shown
        bare = re.sub(r'<span class="vh">.*?</span>', "", shown)
        assert "<td><del>40</del><ins>41</ins></td>" in bare
        assert (
            '<tr><td class="went"><del>Oak</del></td><td class="went"><del>12</del></td></tr>'
            in bare
        )


def test_a_table_that_was_removed_is_struck_through_cell_by_cell(pages: Pages) -> None:
    old = f"<table><thead>{HEAD}</thead><tbody>{FORTY}</tbody></table>"
    for shown in pages.seen(Kind.TABLE, old, None):
        assert shown.count("<del>") == 4 and shown.count("deleted: ") == 4


def test_a_picture_is_a_picture(pages: Pages) -> None:
    told = FIGURE.format("Where trees stand along the harbour and in the square")
    for shown in pages.seen(Kind.FIGURE, told, told.replace("square", "market")):
        assert "<figure><img " in shown and "<del>" in shown and "market" in shown
