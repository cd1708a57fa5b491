"""Which paragraph each wording of a version is, once it is published."""

from collections.abc import Callable, Iterable, Mapping

from pyramid.config import Configurator
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consult.db import registry_of
from consult.drafts.keys import new_paragraphs
from consult.drafts.models import Proposal, Version, Wording
from consult.fates.absorbed import absorbed
from consult.fates.decided_fates import Likenesses, Links, Reader
from consult.fates.fate_store import Pair, reader, stated_of
from consult.fates.sides import sides_of

#: Told which paragraphs of a working version become which others, by their ids.
Follower = Callable[[Session, Version, Mapping[int, int]], None]


def add_identity_follower(config: Configurator, follower: Follower) -> None:
    """Register what a room above does that keeps ids of a working version's paragraphs.

    Until it is published they stand for its wordings. Then each wording becomes the paragraph that
    its fate says, and the follower is told: for each id that is given up the one in its place, be it
    only because it was merged with that on the workbench. Several may change places among themselves.
    """
    config.registry.setdefault("identity followers", []).append(follower)


def tell_followers(session: Session, version: Version, becomes: Mapping[int, int]) -> None:
    """Tell all of them, if there is anything to tell."""
    for follower in registry_of(session).get("identity followers", ()) if becomes else ():
        follower(session, version, becomes)


def identities(pairs: Iterable[Pair], read: Reader) -> dict[int, int]:
    """Return for each new place that is an old paragraph the place of that; the others are new.

    Of the parts of a split the most alike is the old paragraph, of the old paragraphs that were
    merged the most alike goes on; among those that are nearly as alike it is the one whose number
    stays, else the first. No identity is given twice.
    """
    links = Links((i, j) for i, j in pairs if i is not None and j is not None)
    grouped = {i for i, news in links.news.items() if len(news) > 1}
    grouped |= {i for olds in links.olds.values() if len(olds) > 1 for i in olds}
    alike = Likenesses(read, grouped, {j for i in grouped for j in links.news[i]})
    kept = {i: news[0] for i, news in links.news.items()}
    for i in grouped:
        kept[i] = max(links.news[i], key=lambda j: (alike.claim(i, j), -j))
    found: dict[int, int] = {}
    for j, olds in links.olds.items():
        claims = [i for i in olds if kept[i] == j]
        if claims:
            found[j] = claims[0]
        if len(claims) > 1:
            found[j] = max(claims, key=lambda i: (alike.claim(i, j), -i))
    return found


def settle(session: Session, version: Version) -> None:
    """Give each wording of a working version the identity that its fate says.

    There is a version before it, and its fates have been proposed. The proposal is then forgotten:
    the places that it speaks of are right as long as nothing changes.
    """
    sides = sides_of(session, version)
    if sides is None:
        return
    session.execute(delete(Proposal).where(Proposal.version_id == version.id))
    stated = stated_of(session, sides)
    found = identities(stated.fates, reader(session, sides))
    mine = {line.paragraph_id for line in sides.old}
    wanted = {
        line.paragraph_id: sides.old[found[j]].paragraph_id if j in found else None
        for j, line in enumerate(sides.new)
    }
    # What is new keeps the paragraph that stood for it, unless that is one of the last version.
    fresh = [now for now, then in wanted.items() if then is None and now in mine]
    made = iter(new_paragraphs(session, sides.version.document, len(fresh)))
    changes = {
        now: next(made)[0] if then is None else then
        for now, then in wanted.items()
        if then != now and (then is not None or now in mine)
    }
    merged = {was: changes.get(now, now) for was, now in absorbed(session, version).items()}
    if changes:
        for fate in stated.fates.values():
            if fate.new_id in changes:
                fate.new_id = changes[fate.new_id]
        session.flush()
        _exchange(session, sides.version, changes)
    tell_followers(session, sides.version, merged | changes)


def _exchange(session: Session, version: Version, changes: Mapping[int, int]) -> None:
    """Change the paragraphs of wordings, no two of which may be one even for a moment."""
    waiting = dict(changes)
    while waiting:
        ready = [now for now, then in waiting.items() if then not in waiting]
        if not ready:
            # All that is left changes places in circles; a new paragraph takes somebody's for now.
            first = next(iter(waiting))
            spare = new_paragraphs(session, version.document, 1)[0][0]
            _rename(session, version, first, spare)
            waiting[spare] = waiting.pop(first)
            continue
        for now in ready:
            _rename(session, version, now, waiting.pop(now))
    session.expire_all()


def _rename(session: Session, version: Version, now: int, then: int) -> None:
    session.execute(
        update(Wording)
        .where(Wording.version_id == version.id, Wording.paragraph_id == now)
        .values(paragraph_id=then),
        execution_options={"synchronize_session": False},
    )
