"""What commenters answer to "does this meet your point?"."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.accounts.models import Account
from consult.analysis.models import Answer, Verdict
from consult.comments.about import Sources, made_on
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.drafts.models import Paragraph, Version
from consult.fates.tracing import Trail

MOST_REASONS = 50


def sources_asked(trail: Trail, paragraph_id: int, number: int) -> Sources:
    """Return on what people must have commented to be asked about a paragraph of version `number`.

    That is what it was before; `trail` leads to that version at least. A paragraph that was removed
    in the version stands for what it was.
    """
    removed = trail.removed().get(paragraph_id) == number
    found = trail.sources(paragraph_id, number - 1 if removed else number)
    return {source: min(last, number - 1) for source, last in found.items()}


def comments_asked(session: Session, account: Account, sources: Sources) -> Sequence[Comment]:
    """Return the visible comments for which `account` is asked, the earliest first."""
    return session.scalars(
        select(Comment)
        .join(Version, Version.id == Comment.version_id)
        .where(Comment.author_id == account.id, Comment.status.in_(VISIBLE), made_on(sources))
        .order_by(Comment.id)
    ).all()


def verdict_of(
    session: Session, version: Version, paragraph: Paragraph, account: Account
) -> Verdict | None:
    """Return what `account` answered, if anything."""
    return session.get(Verdict, (version.id, paragraph.id, account.id))


def give_verdict(
    session: Session,
    version: Version,
    paragraph: Paragraph,
    account: Account,
    *,
    answer: Answer,
    why: str,
) -> Verdict:
    """Keep what `account` answers, in place of what it answered before.

    `why` is a line of plain text. The caller has seen that the account is asked.
    """
    verdict = verdict_of(session, version, paragraph, account)
    if verdict is None:
        verdict = Verdict(version_id=version.id, paragraph_id=paragraph.id, account_id=account.id)
        session.add(verdict)
    verdict.answer, verdict.why, verdict.answered_at = answer, why, clock.now()
    session.flush()
    return verdict


def counted(session: Session, paragraph: Paragraph) -> dict[int, Counter[Answer]]:
    """Return for each version, by its number, how many gave which answer about `paragraph`."""
    rows = session.execute(
        select(Version.number, Verdict.answer, func.count())
        .join(Version, Version.id == Verdict.version_id)
        .where(Verdict.paragraph_id == paragraph.id)
        .group_by(Version.number, Verdict.answer)
    )
    found: dict[int, Counter[Answer]] = {}
    for number, answer, n in rows:
        found.setdefault(number, Counter())[answer] = n
    return found


def people_asked(session: Session, sources: Sources) -> int:
    """Return how many people's visible comments the question is about."""
    return (
        session.scalar(
            select(func.count(func.distinct(Comment.author_id)))
            .join(Version, Version.id == Comment.version_id)
            .where(Comment.status.in_(VISIBLE), made_on(sources))
        )
        or 0
    )


def reasons(session: Session, paragraph: Paragraph) -> list[tuple[int, Verdict]]:
    """Return what people gave as their reasons, the latest first, each with the version's number."""
    rows = session.execute(
        select(Version.number, Verdict)
        .join(Version, Version.id == Verdict.version_id)
        .where(Verdict.paragraph_id == paragraph.id, Verdict.why != "")
        .options(joinedload(Verdict.account))
        .order_by(Version.number.desc(), Verdict.answered_at.desc())
        .limit(MOST_REASONS)
    )
    return [(number, verdict) for number, verdict in rows]
