"""A consultation at a glance, as the home page and its own page show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.drafts.published import documents, published_versions
from consult.permissions import Permission
from consult.reading.document import Line, busiest, frozen_version
from consult.reading.figures import Figures, tally
from consult.reading.keeping import Kept
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version of a text."""

    number: int
    published_at: datetime | None
    href: str
    changes: str  # the address of what changed in it; "" of the first


@dataclass(frozen=True, slots=True)
class Text:
    """A document that can be read, with what is said about it."""

    title: str
    href: str
    figures: Figures
    paragraphs: int
    number: int
    busiest: tuple[Line, ...]
    editions: tuple[Edition, ...]  # the latest first; none where there is only one


@dataclass(frozen=True, slots=True)
class Glance:
    """A consultation with its texts and the sum of their figures."""

    consultation: Consultation
    texts: tuple[Text, ...]

    def _sum(self, figure: str) -> int:
        return sum(getattr(text.figures, figure) for text in self.texts)

    @property
    def n(self) -> int:
        """Comments that everybody sees."""
        return self._sum("n")

    @property
    def people(self) -> int:
        """Their authors; somebody who wrote about two texts counts with each."""
        return self._sum("people")

    @property
    def questions(self) -> int:
        """Questions among the comments."""
        return self._sum("questions")

    @property
    def answered(self) -> int:
        """Questions that an official answered."""
        return self._sum("questions_answered")

    @property
    def read(self) -> str | None:
        """The address of the first text."""
        return self.texts[0].href if self.texts else None

    @property
    def busiest(self) -> Line | None:
        """The paragraph that most is said about."""
        lines = [line for text in self.texts for line in text.busiest]
        return max(lines, key=lambda line: line.n, default=None)


def glances(request: Request, consultations: Sequence[Consultation]) -> list[Glance]:
    """Return a glance of each, counting only what changed since it was last counted.

    Of those whose text whoever asks may not read (yet) there are no texts in it, nor any figures.
    """
    activity = _activity(request.db, consultations)
    kept: Kept[tuple[int, int, str], tuple[Text, ...]] = request.registry["glances"]
    found = []
    for consultation in consultations:
        if not request.has_permission(Permission.READ_TEXT, consultation):
            found.append(Glance(consultation, ()))
            continue
        key = (consultation.id, activity.get(consultation.id, 0), request.locale_name)
        texts = kept.get(key)
        if texts is None:
            texts = tuple(_texts(request, consultation))
            kept.put(key, texts)
        found.append(Glance(consultation, texts))
    return found


def _activity(session: Session, consultations: Sequence[Consultation]) -> dict[int, int]:
    """Return the activity of each consultation's documents, with their number so that a new one shows."""
    rows = session.execute(
        select(Document.consultation_id, func.sum(Document.activity) * 1000 + func.count())
        .where(Document.consultation_id.in_([c.id for c in consultations]))
        .group_by(Document.consultation_id)
    )
    return {consultation_id: int(total) for consultation_id, total in rows}


def _texts(request: Request, consultation: Consultation) -> Iterator[Text]:
    for document, version in documents(request.db, consultation):
        frozen = frozen_version(request, version)
        counted = tally(request.db, document).gathered(frozen.became)
        href = request.route_path("document", slug=consultation.slug, document=document.slug)
        yield Text(
            document.title,
            href,
            counted.whole,
            len(frozen.slots),
            version.number,
            tuple(busiest(frozen, counted, href)),
            tuple(_editions(request, document)) if version.number > 1 else (),
        )


def _editions(request: Request, document: Document) -> Iterator[Edition]:
    names = {"slug": document.consultation.slug, "document": document.slug}
    for version in published_versions(request.db, document):
        since = {"from": version.number - 1, "to": version.number}
        yield Edition(
            version.number,
            version.published_at,
            request.route_path("version", number=version.number, **names),
            request.route_path("redline", _query=since, **names) if version.number > 1 else "",
        )
