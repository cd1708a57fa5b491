"""A site in which everything that somebody may not see says a word of its own, and all its addresses."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, Department, Role
from consult.comments.models import Comment, CommentRevision
from consult.comments.status import CommentStatus, Move
from consult.consultations.models import Consultation
from consult.consultations.phases import Audience, Phase
from consult.drafts.images import keep_images
from consult.drafts.models import Document, Paragraph, Wording
from consult.drafts.sources import keep_source
from consult.moderation.models import Decision, Reason, Report
from consult.replies.models import OfficialReply, ReplyStatus
from tests.factories import Factory
from tests.reading.versions import revise

STRANGERS = frozenset({"visitor", "citizen", "author", "elsewhere", "moderator elsewhere"})
# Who holds no role anywhere; the author held one when the comments for officials were written.
OUTSIDE = frozenset({"visitor", "citizen", "author"})


@dataclass
class World:
    """The things of a site, and for each planted word who must not meet it and who must."""

    make: Factory
    db: Session
    data: Path
    department: Department
    people: dict[str, Account | None] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def plant(self, word: str, hidden_from: frozenset[str], seen_by: str = "official") -> str:
        """Return a word to be put where `hidden_from` must not meet it, and `seen_by` must."""
        # With an end of its own, so that no word is part of another.
        word = f"zq{word}z"
        assert word not in self.hidden
        self.hidden[word] = hidden_from
        if seen_by:
            self.seen[word] = seen_by
        return word

    def picture(self, word: str, hidden_from: frozenset[str]) -> str:
        """Keep a picture whose bytes hold a planted word, and return the HTML that shows it."""
        said, stream = PngInfo(), io.BytesIO()
        said.add_text("Comment", self.plant(word, hidden_from))
        Image.new("RGB", (8, 8), "green").save(stream, "PNG", pnginfo=said)
        image = stream.getvalue()
        digest = sha256(image).hexdigest()
        keep_images(self.data, {digest: image})
        self.pictures.append(digest)
        return f'<img src="/figures/{digest}" alt="A tree" width="8" height="8">'

    def consultation(
        self, name: str, phase: Phase, audience: Audience, about: frozenset[str]
    ) -> Consultation:
        made = self.make.consultation(
            phase,
            audience=audience,
            slug=name,
            department=self.department,
            title=self.plant(f"{name}title", about),
            summary=self.plant(f"{name}summary", about),
            house_rules_html=f"<p>{self.plant(f'{name}rules', about)}</p>",
        )
        self.consultations.append(made)
        return made

    def document(self, consultation: Consultation, hidden_from: frozenset[str]) -> Document:
        """Make a document of two published versions, with a picture and an original for readers."""
        name = consultation.slug

        def word(what: str) -> str:
            return self.plant(name + what, hidden_from)

        rows = [word("head"), word("first"), word("removed")]
        document = self.make.document(rows, consultation=consultation, slug=f"{name}-draft")
        self.documents.append(document)
        changed = [("k1", rows[0]), ("k2", f"{rows[1]} {word('changed')}"), ("", word("new"))]
        version = revise(self.db, document, changed, note=word("note"), publish=False)
        self.illustrate(version.wordings, self.picture(f"{name}picture", hidden_from))
        source = word("original").encode()
        version.source_digest = keep_source(self.data, source)
        version.source_name, version.source_size = f"{word('file')}.txt", len(source)
        version.source_format, version.source_for_readers = "text", True
        self.db.flush()
        version.state, version.published_at = document.versions[0].state, clock.now()
        self.db.flush()
        return document

    def illustrate(self, wordings: list[Wording], picture: str) -> None:
        last = max(wordings, key=lambda wording: wording.position)
        last.html = f"{last.html} {picture}"
        self.db.flush()


def make_world(make: Factory, db: Session, data: Path) -> World:
    """Plant a word in everything that is hidden from somebody."""
    department = make.department()
    world = World(make, db, data, department)
    public, officials = Audience.PUBLIC, Audience.OFFICIALS
    nobody: frozenset[str] = frozenset()
    announced = world.consultation("announced", Phase.SCHEDULED, public, nobody)
    inside = world.consultation("inside", Phase.SCHEDULED, officials, OUTSIDE)
    coming = world.consultation("prepared", Phase.DRAFT, public, STRANGERS)
    closed = world.consultation("restricted", Phase.OPEN, officials, OUTSIDE)
    opened = world.consultation("opened", Phase.OPEN, public, nobody)
    world.people = {
        "visitor": None,
        "citizen": make.account(),
        "author": make.account(),
        "elsewhere": make.holder(Role.OFFICIAL, make.department()),
        "moderator elsewhere": make.holder(Role.MODERATOR, make.consultation(Phase.CLOSED)),
        "official": make.holder(Role.OFFICIAL, department),
        "moderator": make.holder(Role.MODERATOR, department),
    }
    for consultation in (announced, inside, coming):
        world.document(consultation, STRANGERS)
    world.document(closed, OUTSIDE)
    shown = world.document(opened, nobody)
    _say_inside(world, world.documents[3])
    _say_in_public(world, shown)
    working = [
        ("k1", "zqopenedheadz"),
        ("k2", world.plant("working", STRANGERS)),
        ("", world.plant("workingnew", STRANGERS)),
    ]
    note = world.plant("workingnote", STRANGERS, "")
    version = revise(db, shown, working, note=note, publish=False)
    world.illustrate(version.wordings, world.picture("workingpicture", STRANGERS))
    db.commit()
    return world


def _say(world: World, document: Document, word: str, **kw: object) -> Comment:
    return world.make.comment(
        world.make.paragraph(document),
        version=document.versions[1],
        source=word,
        html=f"<p>{word}</p>",
        **kw,
    )


def _say_inside(world: World, document: Document) -> None:
    """What was said among officials, by somebody who is no official any more."""
    author = world.people["author"]
    said = _say(world, document, world.plant("insider", OUTSIDE), author=author)
    world.make.reply(said, html=f"<p>{world.plant('insidereply', OUTSIDE)}</p>")
    for status in (CommentStatus.HIDDEN, CommentStatus.PENDING):
        word = world.plant(f"insider{status}", STRANGERS, "moderator")
        _say(world, document, word, author=author, status=status)
    _say(world, document, "zqnothing", author=author, status=CommentStatus.WITHDRAWN)


def _say_in_public(world: World, document: Document) -> None:
    """What is hidden in a conversation that everybody may read."""
    make, db = world.make, world.db
    others = STRANGERS - {"author"}
    author, moderator = world.people["author"], world.people["moderator"]
    quoted = world.plant("quoted", others, "moderator")
    bad = _say(
        world,
        document,
        world.plant("hidden", others, "moderator"),
        author=author,
        status=CommentStatus.HIDDEN,
        quote_exact=quoted,
        suggestion=world.plant("suggested", others, "moderator"),
    )
    make.reply(bad, html=f"<p>{world.plant('answerhidden', others)}</p>")
    make.reply(bad, html=f"<p>{world.plant('drafted', STRANGERS)}</p>", status=ReplyStatus.DRAFT)
    db.add(
        Decision(
            comment=bad,
            revision=1,
            moderator=moderator,
            move=Move.HIDE,
            rule="own",
            reasons=world.plant("reasons", others, "author"),
            before=CommentStatus.PUBLISHED,
            after=CommentStatus.HIDDEN,
            created_at=clock.now(),
        )
    )
    waits = world.plant("pending", others, "author")
    _say(world, document, waits, author=author, status=CommentStatus.PENDING)
    unconfirmed = world.plant("unconfirmed", others, "")
    _say(world, document, unconfirmed, author=author, status=CommentStatus.UNCONFIRMED)
    gone = world.plant("withdrawn", STRANGERS, "")
    _say(world, document, gone, author=author, status=CommentStatus.WITHDRAWN)
    earlier = world.plant("earlier", STRANGERS, "moderator")
    stands = _say(world, document, "It stands.", author=author, revision=2)
    db.add(
        CommentRevision(
            comment=stands,
            revision=1,
            source=earlier,
            html=f"<p>{earlier}</p>",
            created_at=clock.now(),
        )
    )
    note = world.plant("reported", STRANGERS, "moderator")
    reporter = make.account()
    db.add(
        Report(
            comment=stands,
            reporter=reporter,
            reason=Reason.ABUSE,
            note=note,
            created_at=clock.now(),
        )
    )
    db.flush()


def _consultations(pattern: str, *queries: str) -> Callable[[World], Iterator[str]]:
    def addresses(world: World) -> Iterator[str]:
        for consultation, query in product(world.consultations, queries or ("",)):
            yield pattern.format(slug=consultation.slug) + query

    return addresses


def _documents(pattern: str, *queries: str) -> Callable[[World], Iterator[str]]:
    def addresses(world: World) -> Iterator[str]:
        for document, query in product(world.documents, queries or ("",)):
            slug = document.consultation.slug
            yield pattern.format(slug=slug, document=document.slug) + query

    return addresses


def _paragraphs(pattern: str, *queries: str) -> Callable[[World], Iterator[str]]:
    def addresses(world: World) -> Iterator[str]:
        found = world.db.scalars(select(Paragraph).order_by(Paragraph.id))
        for paragraph, query in product(found.all(), queries or ("",)):
            document = paragraph.document
            slug = document.consultation.slug
            yield pattern.format(slug=slug, document=document.slug, key=paragraph.key) + query

    return addresses


def _comments(pattern: str) -> Callable[[World], Iterator[str]]:
    def addresses(world: World) -> Iterator[str]:
        for public_id in world.db.scalars(select(Comment.public_id)):
            yield pattern.format(public_id=public_id)

    return addresses


def _replies(world: World) -> Iterator[str]:
    for public_id in world.db.scalars(select(OfficialReply.public_id)):
        yield f"/officials/replies/{public_id}"


def _figures(world: World) -> Iterator[str]:
    yield from (f"/figures/{digest}" for digest in world.pictures)


def _searches(world: World) -> Iterator[str]:
    yield "/search"
    yield "/search?q=zq*"
    yield from _consultations("/search?q=zq*&consultation={slug}")(world)


def _accounts(world: World) -> Iterator[str]:
    yield from (f"/admin/accounts/{a.id}" for a in world.people.values() if a)


def _only(*paths: str) -> Callable[[World], Iterator[str]]:
    return lambda _world: iter(paths)


BASE, DESK = "/consultations/{slug}/{document}", "/officials/consultations/{slug}"

# Every route that answers a GET, with all the addresses at which something hidden could be met. A
# route that is not here fails the test: whoever adds one says where it is looked for.
ADDRESSES: dict[str, Callable[[World], Iterator[str]]] = {
    "home": _only("/"),
    "consultation": _consultations("/consultations/{slug}"),
    "document": _documents(BASE, "", "?go=1.1"),
    "version": _documents(BASE, "/v1", "/v2", "/v3"),
    "redline": _documents(BASE + "/redline", "", "?from=1&to=2", "?from=2&to=3"),
    "paragraph": _paragraphs(BASE + "/p/{key}"),
    "verdict": _paragraphs(BASE + "/p/{key}/verdict", "?version=2", "?version=3"),
    "original": _documents(BASE, "/v1/original", "/v2/original", "/v3/original"),
    "figure": _figures,
    "search": _searches,
    "comment": _comments("/c/{public_id}"),
    "comment_edit": _comments("/c/{public_id}/edit"),
    "comment_withdraw": _comments("/c/{public_id}/withdraw"),
    "comment_report": _comments("/c/{public_id}/report"),
    "comment_decide": _comments("/c/{public_id}/decide"),
    "comment_decision": _comments("/c/{public_id}/decision"),
    "comment_reply": _comments("/c/{public_id}/reply"),
    "comment_confirm": _only("/confirm-comment/nothing"),
    "reply": _replies,
    "officials": _only("/officials"),
    "consultation_new": _only("/officials/consultations/new"),
    "consultation_desk": _consultations(
        DESK, "", "?show=questions", "?show=comments", "?show=drafts", "?show=replies"
    ),
    "consultation_edit": _consultations(DESK + "/edit"),
    "consultation_phase": _consultations(DESK + "/phase", "", "?move=open", "?move=close"),
    "import": _consultations(DESK + "/import"),
    "preview": _documents(DESK + "/{document}/preview"),
    "gate": _documents(DESK + "/{document}/gate"),
    "workbench": _documents(DESK + "/{document}/workbench"),
    "because": _paragraphs(DESK + "/{document}/because/{key}", "?version=2", "?version=3"),
    "original_page": _documents("/officials" + BASE, "/v1/original", "/v2/original"),
    "moderation": _only(
        "/moderation", "/moderation?consultation=opened", "/moderation?why=reported"
    ),
    "moderation_log": _only("/moderation/log"),
    "admin": _only("/admin"),
    "admin_accounts": _only("/admin/accounts"),
    "admin_account": _accounts,
    "admin_departments": _only("/admin/departments"),
    "account": _only("/account"),
    "account_password": _only("/account/password"),
    "account_close": _only("/account/close"),
    "account_letters": _only("/account/letters"),
    "my_comments": _only("/account/comments"),
    "sign_in": _only("/sign-in"),
    "register": _only("/register"),
    "confirm": _only("/confirm/nothing"),
    "forgotten": _only("/forgotten-password"),
    "reset": _only("/reset-password/nothing"),
    "unsubscribe": _only("/unsubscribe/nothing"),
    "accessibility": _only("/accessibility"),
    "privacy": _only("/privacy"),
    "house_rules": _only("/house-rules"),
    "healthz": _only("/healthz"),
    "readyz": _only("/readyz"),
}

# Files of the program itself, and letters in a developer's folder, which no site in use shows.
ELSEWHERE = {"__static/", "dev_letters", "dev_letter"}
