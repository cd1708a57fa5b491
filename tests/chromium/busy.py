"""A text about which much is said already, so that what tells something new can be far away from
where people look."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.accounts.models import Account, Role
from consult.blocks.blocks import Kind
from consult.consultations.models import Moderation
from consult.drafts.published import wordings
from consult.importing import read
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.chromium.site import Site
from tests.factories import Factory

COMMENTS = 12
OWN = "I have fished there for years."
FIRST, LAST = "Comment 1 on the pond:", f"Comment {COMMENTS + 3} on the pond:"
TEXT = (
    "# The pond by the school\n\n"
    + "\n\n".join(
        f"## {chapter} {title}\n\n"
        + "\n\n".join(
            f"{chapter}.{n} The pond is looked after in part {chapter}.{n} by whoever lives beside"
            f" it{'[^1]' if (chapter, n) == (1, 2) else ''}, and the school counts the frogs, the"
            " newts and the toads in it every spring before the reeds are cut."
            for n in range(1, 9)
        )
        for chapter, title in ((1, "Water"), (2, "Fish"), (3, "Reeds"))
    )
    + "\n\n[^1]: As the deed of 1820 has it.\n"
)
AT_LENGTH = "<p>{}</p>" + 3 * (
    "<p>Nobody has asked those who live there, and they know best what it takes to keep reeds from"
    " growing over a pond as small as this one is; my grandmother could have told you so.</p>"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A paragraph on which a dozen long comments stand, one of them `author`'s own."""

    document: str
    key: str
    author: str
    official: str

    @property
    def page(self) -> str:
        """The address of the paragraph's own page."""
        return f"{self.document}/p/{self.key}"


def busy_talk(site: Site, moderation: Moderation = Moderation.REPORT) -> Talk:
    """Publish a text of chapters and a note, and let people speak of its paragraph 1.2."""
    author = site.person()
    with site.db() as db:
        make = Factory(db)
        consultation = make.consultation(moderation=moderation)
        source = TEXT.encode()
        version = import_draft(
            db, consultation, "pond", read(source, "pond.md"), source=source, data=site.data
        )
        publish_version(db, version)
        found = [w for w in wordings(db, version) if w.kind is Kind.PARAGRAPH]
        paragraph = next(w.paragraph for w in found if w.label == "1.2")
        for n in range(1, COMMENTS + 1):
            said = AT_LENGTH.format(f"Comment {n} on the pond:")
            make.comment(paragraph, html=said)
        who = db.scalars(select(Account).where(Account.email == author)).one()
        make.comment(paragraph, author=who, html=AT_LENGTH.format(OWN), source=OWN)
        for n in range(COMMENTS + 1, COMMENTS + 4):
            make.comment(paragraph, html=AT_LENGTH.format(f"Comment {n} on the pond:"))
        address = f"/consultations/{consultation.slug}/pond"
        official = make.holder(Role.OFFICIAL, consultation)
        return Talk(address, paragraph.key, author, official.email)
