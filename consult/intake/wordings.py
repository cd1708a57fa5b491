"""The paragraphs of a working version: put in from an import, and taken out again."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.alignment import Part
from consult.blocks.blocks import Block, Kind
from consult.drafts.keys import new_paragraphs
from consult.drafts.models import Fate, Paragraph, Proposal, Version, Wording, WorkingStep
from consult.drafts.published import latest_version, wordings
from consult.fates.decided_fates import Reader
from consult.fates.fate_store import take_proposal
from consult.fates.identities import identities
from consult.fates.proposing import work_out
from consult.fates.sides import parts_of, sides_of


def digest_of(kind: Kind, text: str) -> str:
    """Return the digest of kind and text, the same for equal wordings."""
    return sha256(f"{kind.value}\n{text}".encode()).hexdigest()


def fill(session: Session, version: Version, blocks: Sequence[Block]) -> list[str]:
    """Store the blocks of a draft in an empty version, and return their paragraphs' keys in order.

    What is recognised from the last published version keeps its paragraph, and the fates of all
    are proposed.
    """
    session.flush()
    last = latest_version(session, version.document)
    if last is None:
        return _put(session, version, blocks, [None] * len(blocks))
    before = wordings(session, last)
    old = list(parts_of(session, last).values())
    new = [Part(block.kind, block.level, block.label, block.text) for block in blocks]
    proposed = work_out(old, new)
    was = identities(((row.old, row.new) for row in proposed.rows), _from(old, new))
    known = [
        (before[was[place]].paragraph_id, before[was[place]].paragraph.key)
        if place in was
        else None
        for place in range(len(blocks))
    ]
    keys = _put(session, version, blocks, known)
    sides = sides_of(session, version)
    assert sides is not None  # there is a last version
    take_proposal(session, sides, proposed)
    return keys


def empty(session: Session, version: Version) -> None:
    """Delete all of a working version, and the paragraphs that no published version has."""
    for kept in (WorkingStep, Fate, Proposal):
        session.execute(delete(kept).where(kept.version_id == version.id))
    version.wordings.clear()
    session.flush()
    used = select(Wording.id).where(Wording.paragraph_id == Paragraph.id).exists()
    for paragraph in session.scalars(
        select(Paragraph).where(Paragraph.document_id == version.document_id, ~used)
    ):
        session.delete(paragraph)
    session.flush()


def _put(
    session: Session,
    version: Version,
    blocks: Sequence[Block],
    known: Sequence[tuple[int, str] | None],
) -> list[str]:
    # In bulk: a long draft has thousands of rows, and nobody else can write in the meantime.
    fresh = iter(new_paragraphs(session, version.document, sum(was is None for was in known)))
    paragraphs = [next(fresh) if was is None else was for was in known]
    rows = [
        {
            "version_id": version.id,
            "paragraph_id": paragraph_id,
            "position": position,
            "kind": block.kind,
            "level": block.level,
            "label": block.label,
            "html": block.html,
            "text": block.text,
            "digest": digest_of(block.kind, block.text),
        }
        for position, (block, (paragraph_id, _key)) in enumerate(
            zip(blocks, paragraphs, strict=True), start=1
        )
    ]
    session.execute(insert(Wording), rows)
    session.expire(version, ["wordings"])
    return [key for _paragraph_id, key in paragraphs]


def _from(old: Sequence[Part], new: Sequence[Part]) -> Reader:
    return lambda olds, news: ({i: old[i] for i in olds}, {j: new[j] for j in news})
