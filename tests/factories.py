"""Makes what tests need, with sensible values for everything that a test does not care about."""

import secrets
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import (
    Account,
    AccountState,
    Department,
    Grant,
    LoginSession,
    Role,
)
from consult.blocks.blocks import Kind
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording
from consult.replies.models import OfficialReply, ReplyStatus

NUMBERS = count(1)
T = TypeVar("T")


class Factory:
    """Every method adds one thing (and what it needs) to the session and flushes it."""

    def __init__(self, db: Session) -> None:
        self.db = db

    def _add(self, thing: T) -> T:
        self.db.add(thing)
        self.db.flush()
        return thing

    def department(self, **kw: Any) -> Department:
        n = next(NUMBERS)
        return self._add(Department(**{"name": f"Department {n}", "slug": f"department-{n}"} | kw))

    def account(self, **kw: Any) -> Account:
        n = next(NUMBERS)
        values: dict[str, Any] = {
            "email": f"person{n}@example.org",
            "display_name": f"Person {n}",
            "name_skeleton": f"person {n}",
            "state": AccountState.ACTIVE,
            "created_at": clock.now(),
        }
        return self._add(Account(**values | kw))

    def login_session(self, account: Account, token_digest: str) -> LoginSession:
        now = clock.now()
        return self._add(
            LoginSession(
                token_digest=token_digest,
                account_id=account.id,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(days=1),
            )
        )

    def holder(self, role: Role, on: Consultation | Department | None = None, **kw: Any) -> Account:
        """Make an account with a role on the site, a department or a consultation."""
        account = self.account(**kw)
        place, department = "site", None
        if isinstance(on, Department):
            place, department = f"department:{on.id}", on
        elif isinstance(on, Consultation):
            place, department = f"consultation:{on.id}", on.department
        self._add(Grant(account=account, role=role, place=place, department=department))
        return account

    def consultation(self, phase: Phase = Phase.OPEN, **kw: Any) -> Consultation:
        n = next(NUMBERS)
        now = clock.now()
        values: dict[str, Any] = {
            "slug": f"consultation-{n}",
            "title": f"Consultation {n}",
            "summary": "What it is about.",
            "phase": phase,
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=10),
            "created_at": now,
        }
        if phase is Phase.SCHEDULED:
            values["opens_at"] = now + timedelta(days=1)
        if phase in (Phase.CLOSED, Phase.ANSWERED):
            values["closes_at"] = now - timedelta(hours=1)
        if "department" not in kw:
            values["department"] = self.department()
        return self._add(Consultation(**values | kw))

    def document(self, texts: Any = None, published: bool = True, **kw: Any) -> Document:
        """Make a document with one version; `texts` are its paragraphs' texts, the title first."""
        n = next(NUMBERS)
        texts = texts or ["A draft", "The first paragraph speaks of trees.", "The second of buses."]
        values: dict[str, Any] = {"slug": f"draft-{n}", "title": texts[0]}
        if "consultation" not in kw:
            values["consultation"] = self.consultation()
        document = self._add(Document(**values | kw))
        now = clock.now()
        version = self._add(
            Version(
                document=document,
                number=1,
                state=VersionState.WORKING,
                created_at=now,
                language="en",
                findings=[],
            )
        )
        for position, words in enumerate(texts, 1):
            paragraph = self._add(Paragraph(document=document, key=f"k{position}"))
            self._add(
                Wording(
                    version=version,
                    paragraph=paragraph,
                    position=position,
                    kind=Kind.TITLE if position == 1 else Kind.PARAGRAPH,
                    level=0,
                    label="" if position == 1 else f"1.{position - 1}",
                    html=words,
                    text=words,
                    digest=secrets.token_hex(8),
                )
            )
        if published:
            version.state, version.published_at = VersionState.PUBLISHED, now
            self.db.flush()
        return document

    def paragraph(self, document: Document, position: int = 2) -> Paragraph:
        """Find the paragraph at `position` of a document's first version."""
        return self.db.scalars(
            select(Paragraph)
            .join(Wording, Wording.paragraph_id == Paragraph.id)
            .where(Paragraph.document_id == document.id, Wording.position == position)
        ).first()  # type: ignore[return-value]

    def comment(self, paragraph: Paragraph | None = None, **kw: Any) -> Comment:
        n = next(NUMBERS)
        paragraph = paragraph or self.paragraph(self.document())
        author = kw.pop("author", None) or self.account()
        values: dict[str, Any] = {
            "public_id": f"c{n:06}",
            "document": paragraph.document,
            "paragraph": paragraph,
            "version": paragraph.document.versions[0],
            "author": author,
            "author_name": author.display_name,
            "source": f"Comment {n}.",
            "html": f"<p>Comment {n}.</p>",
            "status": CommentStatus.PUBLISHED,
            "idempotency_key": f"key{n}",
            "created_at": clock.now(),
        }
        return self._add(Comment(**values | kw))

    def reply(self, comment: Comment, **kw: Any) -> OfficialReply:
        n = next(NUMBERS)
        consultation = comment.document.consultation
        author = kw.pop("author", None) or self.holder(Role.OFFICIAL, consultation)
        values: dict[str, Any] = {
            "public_id": f"r{n:06}",
            "consultation": consultation,
            "department": consultation.department,
            "author": author,
            "author_name": author.display_name,
            "author_role": "official",
            "source": f"Reply {n}.",
            "html": f"<p>Reply {n}.</p>",
            "status": ReplyStatus.PUBLISHED,
            "idempotency_key": f"reply{n}",
            "created_at": clock.now(),
            "published_at": clock.now(),
            "comments": [comment],
        }
        return self._add(OfficialReply(**values | kw))
