"""Publishing: a working version becomes the text that everybody reads, and never changes again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.blocks.blocks import Kind
from consult.db import registry_of
from consult.drafts.models import Version, VersionState, Wording
from consult.drafts.published import latest_version, wordings
from consult.fates.fate_store import propose
from consult.fates.identities import settle
from consult.i18n import _
from consult.intake.store import LONGEST_TITLE, subject
from consult.refusal import Refused
from consult.text import clean_text, excerpt

LONGEST_NOTE = 5000  # characters

#: Given a version whose paragraphs are what they will stay, and who publishes it.
Finisher = Callable[[Session, Version, int | None], None]


def add_publishing_step(config: Configurator, finisher: Finisher) -> None:
    """Register how a room above puts its own things in order just before a version is published."""
    config.registry.setdefault("publishing steps", []).append(finisher)


def publish_version(
    session: Session,
    version: Version,
    *,
    what_changed: str = "",
    actor_id: int | None = None,
    moment: datetime | None = None,
    **detail: Any,
) -> Version:
    """Freeze a working version and show it to readers; the document takes its title.

    Its wordings become the paragraphs that their fates say; where a later version is published, so
    that there are any, `gate.passing` asks first whether they have been decided. `what_changed` is
    plain text for readers; `moment` is when it was published, if not now; `detail` goes to the log.
    Raises Refused where it is published already, where there is nothing below the title, and where it
    says what the last published version says.
    """
    steps = registry_of(session).get("publishing steps", ())
    session.refresh(version, with_for_update={"of": Version})
    text, last = wordings(session, version), latest_version(session, version.document)
    _refuse_nothing_new(session, version, text, last)
    if last is not None:
        propose(session, version)
        settle(session, version)
        for finish in steps:
            finish(session, version, actor_id)
        session.refresh(version)
    version.what_changed = clean_text(what_changed).strip()[:LONGEST_NOTE]
    version.published_at = moment or clock.now()
    version.state = VersionState.PUBLISHED
    version.document.title = excerpt(text[0].text, LONGEST_TITLE) or version.document.title
    session.flush()
    audit.append(
        session,
        actor_id,
        "publish",
        subject(version.document),
        version=version.number,
        source=version.source_digest,
        **detail,
    )
    return version


def _refuse_nothing_new(
    session: Session, version: Version, text: list[Wording], last: Version | None
) -> None:
    if version.state is VersionState.PUBLISHED:
        raise Refused(_("This version has been published already."))
    if all(wording.kind is Kind.TITLE for wording in text):
        raise Refused(_("There is nothing below the title that could be published."))
    if last is not None and _said(text) == _said(wordings(session, last)):
        raise Refused(
            _(
                "This says exactly what version ${number} says; there is nothing new to publish.",
                mapping={"number": last.number},
            )
        )


def _said(text: list[Wording]) -> list[tuple[Kind, int, str, str]]:
    return [(wording.kind, wording.level, wording.label, wording.html) for wording in text]
