"""What the site holds besides the demo: a text to write in, and a thing of every kind to show."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts import keys
from consult.accounts.models import Account, Department, KeyPurpose
from consult.accounts.people import create_account, guest
from consult.blocks.blocks import Kind
from consult.comments.events import CommentPosted
from consult.comments.status import CommentStatus
from consult.consultations.create import create_consultation
from consult.consultations.facts import Facts
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Phase
from consult.drafts.models import Version, Wording
from consult.drafts.published import wordings
from consult.importing import read
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from consult.moderation.models import Decision, Report
from consult.replies.models import OfficialReply, ReplyStatus
from tests.factories import Factory

PLOTS = 120
LAMPS = "# The lamps of Mill Lane\n\n## 1 The lamps\n\n" + "\n\n".join(
    f"1.{n} Lamp {n} stands by the old pump, burns from dusk until midnight, and is looked after"
    f" by the people of house {n}, who have a ladder."
    for n in range(1, PLOTS + 1)
)
CELLAR = """# What stands in the cellar

## 1 Shelves

1.1 There are shelves, and on them:

- jars,
- one lamp.

> Nobody has been down there for years.

| Shelf | Jars |
|---|---|
| upper | 12 |
"""
POND = """# The pond behind the mill

## 1 Water

1.1 The pond is cleared of mud before the first of March, and whoever asks for it gets some of the mud.

1.2 Nobody may fish in the pond between the first of April and the last of June, when the toads are spawning.

1.3 Children may skate on it once the miller has measured ice of ten centimetres at three places.
"""
POND_AGAIN = POND.replace("before the first of March", "by the end of February").replace(
    "Nobody may fish in the pond between the first of April and the last of June, when the toads",
    "Fishing is forbidden in spring, from April on, for as long as toads and frogs",
)
# Three versions of one draft: the well is edited, the bucket goes, the trough comes, and goes again.
WELLS = """# The well at the crossroads

## 1 Water

1.1 {well}

{second}

1.3 Horses drink first, and nobody hurries them.
"""
WELL = "The well is opened again{when}, and its water is tested {often}."
VERSIONS = [
    {"well": WELL.format(when="", often="every month"), "second": "1.2 The bucket stays there."},
    {
        "well": WELL.format(when=" in spring", often="every week"),
        "second": "1.2 A trough of stone is set beside the old elm for whoever comes by at night.",
    },
    {"well": WELL.format(when=" at Easter", often="every other week"), "second": ""},
]
WALKER = "walker@example.org"


@dataclass(frozen=True, slots=True)
class Plot:
    """A paragraph that one test has to itself; `document` is the address of its reading page."""

    document: str
    key: str
    name: str
    text: str

    @property
    def page(self) -> str:
        """The address of the paragraph's own page."""
        return f"{self.document}/p/{self.key}"


def lay_out(db: Session, data: Path) -> list[Plot]:
    """Publish a draft of many paragraphs that everybody may comment on; return its paragraphs."""
    version = _draft(db, data, "lamps", LAMPS)
    publish_version(db, version)
    version.document.consultation.phase = Phase.OPEN
    return [
        Plot("/consultations/lamps/draft-policy", w.paragraph.key, w.label, w.text)
        for w in wordings(db, version)
        if w.kind is Kind.PARAGRAPH
    ]


def things(db: Session, data: Path, registry: Registry) -> dict[str, str]:
    """Return what addresses name: the key of a paragraph, public ids, the secrets of links."""
    make = Factory(db)
    walker = create_account(db, WALKER, "Walker")
    citizen = db.scalars(select(Account).where(Account.email == "citizen@example.org")).one()
    benches = db.scalars(select(Wording).join(Wording.version).where(Wording.label == "3.12")).one()
    paragraph = benches.paragraph
    own = make.comment(paragraph, author=walker)
    answer = make.comment(paragraph, author=citizen, parent=own)
    registry.notify(CommentPosted(answer))
    waiting = make.comment(
        paragraph, author=guest(db, "late@example.org", "Late"), status=CommentStatus.UNCONFIRMED
    )
    hidden = db.scalars(select(Decision).order_by(Decision.id)).first()
    _draft(db, data, "cellar", CELLAR)
    well = _wells(db, data, walker)
    _second_draft(db, data)
    newcomer = create_account(db, "new@example.org", "New")
    confirming = {"display_name": "New", "password_hash": "x"}
    return {
        "benches": paragraph.key,
        "own": own.public_id,
        "other": answer.public_id,
        "withdrawn": make.comment(
            paragraph, author=walker, status=CommentStatus.WITHDRAWN
        ).public_id,
        "hidden": hidden.comment.public_id if hidden else "",
        "reported": db.scalars(select(Report).order_by(Report.id).limit(1)).one().comment.public_id,
        "draft": _reply(db, ReplyStatus.DRAFT),
        "published": _reply(db, ReplyStatus.PUBLISHED),
        "account": str(walker.id),
        "well": well,
        "confirm": keys.issue(db, newcomer, KeyPurpose.CONFIRM, keys.CONFIRMATION, **confirming),
        "reset": keys.issue(db, walker, KeyPurpose.RESET, keys.RESET),
        "send": keys.issue(
            db,
            waiting.author,
            KeyPurpose.CONFIRM_COMMENT,
            keys.CONFIRMATION,
            subject=waiting.public_id,
        ),
    }


def _second_draft(db: Session, data: Path) -> None:
    """Leave a second version at the gate, a paragraph with a comment in doubt."""
    first = publish_version(db, _draft(db, data, "pond", POND))
    consultation = first.document.consultation
    consultation.phase = Phase.OPEN
    Factory(db).comment(wordings(db, first)[3].paragraph)
    source = POND_AGAIN.encode()
    import_draft(
        db, consultation, "draft-policy", read(source, "pond.md"), source=source, data=data
    )


def _wells(db: Session, data: Path, walker: Account) -> str:
    """Publish two versions of a draft and import a third; return the key of what `walker` said a
    word about in between."""
    version = _draft(db, data, "wells", WELLS.format_map(VERSIONS[0]))
    consultation = version.document.consultation
    publish_version(db, version)
    consultation.phase = Phase.OPEN
    well = next(w.paragraph for w in wordings(db, version) if w.label == "1.1")
    for wording in wordings(db, version):
        Factory(db).comment(wording.paragraph, author=walker)
    version = _import(db, data, consultation, WELLS.format_map(VERSIONS[1]))
    publish_version(db, version, what_changed="Water is tested more often.")
    _import(db, data, consultation, WELLS.format_map(VERSIONS[2]))
    return well.key


def _draft(db: Session, data: Path, slug: str, source: str) -> Version:
    """Make a consultation in preparation with a working version of `source`, Markdown."""
    now = clock.now()
    facts = Facts(
        title=source.splitlines()[0].removeprefix("# "),
        department=db.scalars(select(Department).order_by(Department.id).limit(1)).one(),
        summary="Which of them stay, and who looks after them.",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
        moderation=Moderation.REPORT,
    )
    return _import(db, data, create_consultation(db, slug, facts), source)


def _import(db: Session, data: Path, consultation: Consultation, source: str) -> Version:
    return import_draft(
        db,
        consultation,
        "draft-policy",
        read(source.encode(), "draft.md"),
        source=source.encode(),
        data=data,
        source_name="draft.md",
    )


def _reply(db: Session, status: ReplyStatus) -> str:
    in_streets = OfficialReply.consultation.has(Consultation.slug == "streets")
    replies = select(OfficialReply).where(OfficialReply.status == status, in_streets)
    return db.scalars(replies.order_by(OfficialReply.id).limit(1)).one().public_id
