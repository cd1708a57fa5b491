"""Tying a change to the comments that caused it."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.accounts.models import Account
from consult.analysis.models import BecauseLink
from consult.comments.models import Comment
from consult.drafts.gate.identities import follows_identities
from consult.drafts.models import Paragraph, Version, Wording
from consult.drafts.store import subject


def tied_to(session: Session, version: Version, paragraph: Paragraph) -> set[int]:
    """Return the ids of the comments that caused the change to `paragraph` in `version`."""
    return _tied(session, version, paragraph.id)


def _tied(session: Session, version: Version, paragraph_id: int) -> set[int]:
    return set(
        session.scalars(
            select(BecauseLink.comment_id).where(
                BecauseLink.version_id == version.id, BecauseLink.paragraph_id == paragraph_id
            )
        )
    )


def tie(
    session: Session,
    version: Version,
    paragraph: Paragraph,
    official: Account,
    *,
    offered: Collection[Comment],
    chosen: Collection[Comment],
) -> None:
    """Say that the change to `paragraph` in `version` was made because of the `chosen` comments.

    Of those that were `offered` the others did not cause it, whatever was said before; what is in
    neither stays as it is. `version` may be a working one: readers are told once it is published.
    """
    wanted = {comment.id: comment for comment in chosen}
    held = {
        link.comment_id: link
        for link in session.scalars(
            select(BecauseLink).where(
                BecauseLink.version_id == version.id, BecauseLink.paragraph_id == paragraph.id
            )
        )
    }
    new = [comment for id_, comment in wanted.items() if id_ not in held]
    gone = [comment for comment in offered if comment.id in held and comment.id not in wanted]
    for comment in new:
        session.add(
            BecauseLink(
                version=version,
                paragraph=paragraph,
                comment=comment,
                made_by_id=official.id,
                made_at=clock.now(),
            )
        )
    for comment in gone:
        session.delete(held[comment.id])
    if new or gone:
        session.flush()
        audit.append(
            session,
            official.id,
            "because",
            subject(version.document),
            version=version.number,
            paragraph=paragraph.key,
            tied=[comment.public_id for comment in new],
            untied=[comment.public_id for comment in gone],
        )


@follows_identities
def follow(session: Session, version: Version, becomes: Mapping[int, int]) -> None:
    """Keep what was tied to new paragraphs while these stood for wordings of `version`.

    Whatever the last version has is named by its paragraph there, and stays so.
    """
    last = (
        select(Wording.paragraph_id)
        .join(Wording.version)
        .where(Version.document_id == version.document_id, Version.number == version.number - 1)
    )
    links = session.scalars(
        select(BecauseLink).where(
            BecauseLink.version_id == version.id, BecauseLink.paragraph_id.not_in(last)
        )
    ).all()
    for link in links:
        then = becomes.get(link.paragraph_id)
        if then is None:
            continue
        if link.comment_id in _tied(session, version, then):
            session.delete(link)
        else:
            link.paragraph_id = then
        session.flush()
