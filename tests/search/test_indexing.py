"""The index follows the database: what is put in, what goes, and what happens when it fails."""

import logging
import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.comments.models import Ballot, Vote
from consult.comments.status import VISIBLE, CommentStatus
from consult.consultations.phases import Phase
from consult.drafts.models import Document, Version, VersionState, Wording
from consult.outbox import Job, run_due
from consult.replies.models import ReplyStatus
from consult.search import engine as engine_module
from consult.search.engine import Engine
from consult.search.index_updates import Healer, not_shown_any_more, rebuild
from consult.search.indexing import current, everything, how_many
from consult.search.listening import JOB
from consult.search.query import parse
from tests.factories import Factory
from tests.search.conftest import Index


def found(index: Index, q: str) -> set[str]:
    return {hit.id for hit in index.engine.search(parse(q), size=1000, seconds=5).hits}


def jobs(db: Session) -> list[list[str]]:
    payloads = db.scalars(select(Job.payload).where(Job.kind == JOB).order_by(Job.id))
    return [payload["changed"] for payload in payloads]


def publish(db: Session, document: Document, *texts: str) -> Version:
    """Publish another version, its paragraphs being the first ones of the version before."""
    first = document.versions[0]
    version = Version(
        document_id=document.id,
        number=2,
        state=VersionState.WORKING,
        created_at=first.created_at,
        findings=[],
    )
    db.add(version)
    for old, text in zip(first.wordings, texts, strict=False):
        db.add(
            Wording(
                version=version,
                paragraph=old.paragraph,
                position=old.position,
                kind=old.kind,
                level=0,
                label=old.label,
                html=text,
                text=text,
                digest="-",
            )
        )
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, version.created_at
    db.flush()
    return version


def test_everything_that_is_public_is_found(index: Index, make: Factory) -> None:
    document = make.document(["Sand", "Sand on the beach.", "Stone."])
    paragraph = make.paragraph(document)
    comment = make.comment(paragraph, html="<p>I like <b>sand</b>.</p>")
    suggestion = make.comment(paragraph, html="<p>Better:</p>", suggestion="Fine sand.")
    by_sand = make.comment(paragraph, author_name="Sand, Georges")
    reply = make.reply(comment, html="<p>So does the sand department.</p>")
    index.catch_up()
    title = make.paragraph(document, 1)
    assert found(index, "sand") == {
        f"paragraph:{title.id}",
        f"paragraph:{paragraph.id}",
        f"comment:{comment.id}",
        f"comment:{suggestion.id}",
        f"comment:{by_sand.id}",
        f"reply:{reply.id}",
    }
    assert found(index, "1.1") == {f"paragraph:{paragraph.id}"}


@pytest.mark.parametrize("status", sorted(set(CommentStatus) - VISIBLE))
def test_a_comment_that_not_everybody_sees_is_not_found(
    index: Index, make: Factory, status: CommentStatus
) -> None:
    make.comment(html="<p>heron</p>", status=status)
    index.catch_up()
    assert found(index, "heron") == set()
    assert rebuild(index.registry) == 3


@pytest.mark.parametrize("status", [ReplyStatus.DRAFT, ReplyStatus.WITHDRAWN])
def test_a_reply_that_is_not_published_is_not_found(
    index: Index, make: Factory, status: ReplyStatus
) -> None:
    make.reply(make.comment(), html="<p>heron</p>", status=status)
    index.catch_up()
    assert found(index, "heron") == set()


def test_a_consultation_in_preparation_is_not_found(
    index: Index, make: Factory, db: Session
) -> None:
    consultation = make.consultation(Phase.DRAFT)
    comment = make.comment(
        make.paragraph(make.document(["Heron", "A heron."], consultation=consultation)),
        html="<p>heron</p>",
    )
    make.reply(comment, html="<p>heron</p>")
    index.catch_up()
    assert found(index, "heron") == set()
    consultation.phase = Phase.SCHEDULED
    index.catch_up()
    assert len(found(index, "heron")) == 4
    consultation.phase = Phase.DRAFT
    index.catch_up()
    assert found(index, "heron") == set()


def test_working_versions_and_older_ones_are_not_found(
    index: Index, make: Factory, db: Session
) -> None:
    document = make.document(["Birds", "A heron.", "A stork."], published=False)
    index.catch_up()
    assert found(index, "heron or stork") == set()
    document.versions[0].state = VersionState.PUBLISHED
    index.catch_up()
    assert len(found(index, "heron or stork")) == 2
    publish(db, document, "Birds", "A crane.")
    index.catch_up()
    assert found(index, "heron or stork") == set()
    assert found(index, "crane") == {f"paragraph:{make.paragraph(document).id}"}


def test_the_title_answers_for_the_consultation_and_nothing_else_does(
    index: Index, make: Factory
) -> None:
    consultation = make.consultation(title="Herons of the estuary", summary="Their reeds.")
    document = make.document(consultation=consultation)
    title = {f"paragraph:{make.paragraph(document, 1).id}"}
    index.catch_up()
    assert found(index, "heron estuary reeds") == title
    consultation.summary = "Their rushes."
    index.catch_up()
    assert found(index, "heron reeds") == set()
    assert found(index, "heron rushes") == title


def test_an_item_answers_to_the_number_above_it(index: Index, make: Factory, db: Session) -> None:
    document = make.document(["Birds", "Herons:", "grey ones"], published=False)
    item = document.versions[0].wordings[2]
    item.kind, item.label = Kind.ITEM, "(a)"
    db.flush()
    document.versions[0].state = VersionState.PUBLISHED
    index.catch_up()
    assert found(index, "1.1(a)") == {f"paragraph:{item.paragraph_id}"}


def test_a_comment_costs_one_job_and_a_vote_none(make: Factory, db: Session) -> None:
    comment = make.comment()
    db.execute(delete(Job))
    other = make.comment(comment.paragraph)
    assert jobs(db) == [[f"comment:{other.id}"]]
    db.add(Vote(comment_id=comment.id, account_id=other.author_id, value=Ballot.AGREE))
    comment.source = comment.source  # nothing changes
    db.flush()
    assert len(jobs(db)) == 1


def test_what_is_taken_back_promises_nothing(make: Factory, db: Session) -> None:
    comment = make.comment()
    db.execute(delete(Job))
    db.commit()
    comment.status = CommentStatus.HIDDEN
    db.flush()
    assert jobs(db)
    db.rollback()
    assert jobs(db) == []


def test_dates_and_rules_of_a_consultation_promise_nothing(make: Factory, db: Session) -> None:
    consultation = make.consultation()
    db.execute(delete(Job))
    consultation.closes_at = None
    consultation.phase = Phase.CLOSED
    db.flush()
    assert jobs(db) == []


def test_every_move_of_a_comment_is_followed(index: Index, make: Factory) -> None:
    comment = make.comment(html="<p>heron</p>", status=CommentStatus.PENDING)
    name = {f"comment:{comment.id}"}
    for status, expected in (
        (CommentStatus.PUBLISHED, name),
        (CommentStatus.HIDDEN, set()),
        (CommentStatus.UNCHECKED, name),
        (CommentStatus.WITHDRAWN, set()),
    ):
        comment.status = status
        index.catch_up()
        assert found(index, "heron") == expected
    assert index.engine.status().documents == 3


def test_a_reply_answers_its_comments(index: Index, make: Factory) -> None:
    comment = make.comment(html="<p>heron</p>")
    other = make.comment(comment.paragraph, html="<p>heron</p>")
    reply = make.reply(comment, status=ReplyStatus.DRAFT)

    def answered() -> list[str]:
        index.catch_up()
        hits = index.engine.search(parse("heron"), status="answered", seconds=5).hits
        return [hit.id for hit in hits]

    assert answered() == []
    reply.status = ReplyStatus.PUBLISHED
    assert answered() == [f"comment:{comment.id}"]
    reply.comments = [other]
    assert answered() == [f"comment:{other.id}"]
    reply.status = ReplyStatus.WITHDRAWN
    assert answered() == []


def test_a_reply_goes_with_what_it_answers_and_returns_with_it(
    index: Index, make: Factory, db: Session
) -> None:
    comment = make.comment()
    other = make.comment(comment.paragraph)
    reply = make.reply(comment, html="<p>heron</p>")
    name = f"reply:{reply.id}"
    for status, shown in (
        (CommentStatus.PUBLISHED, True),
        (CommentStatus.HIDDEN, False),
        (CommentStatus.PENDING, False),
        (CommentStatus.UNCHECKED, True),
        (CommentStatus.HIDDEN, False),
        # What an author takes back leaves its replies behind.
        (CommentStatus.WITHDRAWN, True),
        (CommentStatus.HIDDEN, False),
    ):
        comment.status = status
        db.commit()
        assert (name in not_shown_any_more(db)) is not shown, "before the worker comes to it"
        index.catch_up()
        assert found(index, "heron") == ({name} if shown else set())
    reply.comments.append(other)
    index.catch_up()
    assert found(index, "heron") == {name}


def test_many_jobs_become_one_commit(index: Index, make: Factory) -> None:
    comment = make.comment(html="<p>heron</p>")
    index.catch_up()
    before = index.engine.status().checkpoint
    for number in range(5):
        comment.html = f"<p>stork {number}</p>"
        make.db.commit()
    assert run_due(index.registry) == 5
    assert (found(index, "heron"), len(found(index, "stork"))) == (set(), 1)
    health = index.engine.status()
    assert health.documents == 4
    assert str(health.checkpoint) > str(before)


def test_how_many_there_are_is_what_a_rebuild_finds(
    index: Index, make: Factory, db: Session
) -> None:
    for document in (make.document(), make.document(["One", "Two"])):
        make.reply(make.comment(make.paragraph(document)))
    publish(db, document, "One")
    db.commit()
    assert rebuild(index.registry) == how_many(db) == len(list(everything(db))) == 8
    assert list(current(db, {})) == []


def test_the_worker_builds_an_index_that_is_missing(index: Index, make: Factory) -> None:
    make.document(["Birds", "A heron."])
    make.db.commit()
    Healer()(index.registry)
    assert len(found(index, "heron")) == 1


def test_the_worker_heals_what_a_search_could_not_read(index: Index, make: Factory) -> None:
    make.document(["Birds", "A heron."])
    index.catch_up()
    for file in index.folder.glob("generation-*/*.seg"):
        file.write_bytes(b"nonsense")
    Healer()(index.registry)
    with pytest.raises(engine_module.SearchUnavailable):
        Engine(index.folder).search(parse("heron"))
    Healer()(index.registry)
    assert len(found(index, "heron")) == 1
    assert Engine(index.folder).check().usable


def test_a_job_heals_an_index_that_is_gone(index: Index, make: Factory) -> None:
    document = make.document(["Birds", "A heron."])
    index.catch_up()
    shutil.rmtree(index.folder)
    make.comment(make.paragraph(document), html="<p>A stork.</p>")
    index.catch_up()
    assert len(found(index, "heron or stork")) == 2


def test_a_job_waits_for_a_rebuild(
    index: Index, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE", 0)
    monkeypatch.setattr(logging.getLogger("consult.outbox"), "disabled", True)
    comment = make.comment(html="<p>heron</p>")
    index.catch_up()
    comment.status = CommentStatus.HIDDEN
    make.db.commit()

    def meanwhile() -> Iterator[None]:
        assert run_due(index.registry) == 1
        Healer()(index.registry)
        yield from ()

    index.engine.rebuild(meanwhile(), "")  # type: ignore[arg-type]
    (job,) = make.db.scalars(select(Job).where(Job.kind == JOB))
    assert "IndexLocked" in job.last_error
    make.db.execute(update(Job).values(run_at=job.created_at))
    index.catch_up()
    assert jobs(make.db) == []
    assert rebuild(index.registry) == 3


def test_letters_go_out_though_the_index_cannot_be_built(
    index: Index, make: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    index.folder.write_text("a file stands where the folder should be")
    healer = Healer()
    healer(index.registry)
    assert "could not be built" in caplog.text
    index.folder.unlink()
    healer(index.registry)
    assert not index.engine.status().usable  # not yet: it lets a while pass
    Healer()(index.registry)
    assert index.engine.status().usable
