"""The page on which officials import a draft: a file or pasted text becomes a working version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from consult.accounts.security import my_id
from consult.consultations.create import suggested_slug
from consult.consultations.find import consultation as find_consultation
from consult.consultations.models import Consultation
from consult.drafts.models import Document, Version
from consult.forms import RequestForm, at_most, one_line, optional, slug
from consult.i18n import _
from consult.importing import Busy, Draft, ImportRefused, read, site_turns
from consult.intake.messages import END, ISOLATE, say
from consult.intake.store import import_draft
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.refusal import Refused
from consult.text import clean_line
from consult.web import Request

MEGABYTE = 1_000_000
ACCEPTED = ".docx,.odt,.fodt,.pdf,.epub,.md,.markdown,.html,.htm,.xhtml,.xml,.akn,.txt"
# Seconds; most drafts are read in fewer.
_RETRY_AFTER = "5"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came, and what its owner calls it; pasted text has no name."""

    data: bytes
    name: str


class ImportForm(RequestForm):
    """A file or a text, and the document that it is a draft of."""

    document = SelectField(_("Which document is it?"))
    title = StringField(
        _("Title"),
        [at_most(300)],
        filters=[one_line],
        description=_("Empty: the title that stands in the draft."),
    )
    slug = StringField(
        _("Address"),
        [optional, slug],
        filters=[one_line],
        description=_("The last part of the document's address. Empty: it is made of the title."),
    )
    file = FileField(
        _("File"),
        description=_(
            "Word (.docx), OpenDocument (.odt), PDF, EPUB, a web page, Markdown, plain text, or the"
            " XML of Akoma Ntoso, USLM or the Federal Register."
        ),
    )
    text = TextAreaField(
        _("Or the text itself"), description=_("Pasted from elsewhere; Markdown is understood.")
    )
    replace = BooleanField(
        _("Replace the working version"),
        description=_("If there is a draft of it that is not published yet."),
    )

    def __init__(self, request: Request, documents: Sequence[Document]) -> None:
        asked = request.GET.get("document", "")
        super().__init__(request, document=asked, replace=bool(asked))
        self.document.choices = [
            SelectChoice("", self._said(_("A new one"))),
            *(SelectChoice(document.slug, document.title) for document in documents),
        ]
        self.known = {document.slug for document in documents}
        #: Whether nothing is wrong but the moment.
        self.busy = False

    def ask_to_wait(self, source: Source) -> None:
        """Refuse what was sent for this moment only, in which other files are being read."""
        self.busy = True
        if source.name:
            # No browser sends a page with a file chosen in it.
            message = _(
                "Other files are being read just now, so “${name}” was not read and nothing was"
                " stored. Choose it again and try once more in a moment.",
                mapping={"name": f"{ISOLATE}{clean_line(source.name)[-100:]}{END}"},
            )
            self.refuse("file", message)
        else:
            message = _(
                "Other drafts are being read just now, so this one was not read and nothing was"
                " stored. It is still here: try again in a moment."
            )
            self.refuse("text", message)

    def source(self, most: int) -> Source | None:
        """Return what was sent, or None where that is nothing or larger than `most` bytes."""
        upload = self.file.data
        source = Source(str(self.text.data or "").encode(), "")
        if hasattr(upload, "filename"):
            source = Source(upload.file.read(most + 1), str(upload.filename))
        if not source.data:
            self.refuse("file", _("Choose a file, or paste the text of the draft."))
        elif len(source.data) > most:
            message = _(
                "This is larger than ${megabytes} MB; take pictures out or divide it into parts.",
                mapping={"megabytes": most // MEGABYTE},
            )
            self.refuse("file" if source.name else "text", message)
        return None if self.errors else source

    def address(self, draft: Draft) -> str:
        """Return the slug of the document that `draft` is imported into, or "" where there is none."""
        if self.document.data:
            return str(self.document.data)
        chosen = self.slug.data or suggested_slug(self.title.data or draft.blocks[0].text)
        if not chosen:
            self.refuse("slug", _("Write an address; the title has no letters to make one of."))
        elif chosen in self.known:
            self.refuse(
                "slug", _("There is a document at this address; choose it, or another one.")
            )
        return "" if self.errors else chosen


@view_config(
    route_name="import",
    request_method=("GET", "POST"),
    renderer="consult:intake/templates/import.jinja2",
    permission=Permission.IMPORT,
)
def import_page(consultation: Consultation, request: Request) -> dict[str, Any] | Response:
    """Read what was sent, store it as a working version, and go on to its preview."""
    form = ImportForm(request, _documents(consultation, request))
    if request.method == "POST":
        limit(request, Act.IMPORT, my_id(request))
        version = _import(form, request)
        if version is not None:
            return HTTPSeeOther(
                request.route_path(
                    "preview",
                    slug=version.document.consultation.slug,
                    document=version.document.slug,
                )
            )
        request.response.status_int = 503 if form.busy else 422
        if form.busy:
            request.response.headers["Retry-After"] = _RETRY_AFTER
        # Reading may have ended the transaction in which it was found.
        consultation = _allowed(request)
    return {"form": form, "consultation": consultation, "accepted": ACCEPTED}


def _import(form: ImportForm, request: Request) -> Version | None:
    most = request.consult.upload_megabytes * MEGABYTE
    source = form.source(most) if form.validate() else None
    if source is None:
        return None
    said_in = "file" if source.name else "text"
    try:
        draft = _read_apart(source, request)
        consultation = _allowed(request)
        address = form.address(draft)
        if not address:
            return None
        return import_draft(
            request.db,
            consultation,
            address,
            draft,
            source=source.data,
            data=request.consult.data,
            title=form.title.data or "",
            source_name=source.name,
            replace_working=form.replace.data,
            actor_id=my_id(request),
        )
    except Busy:
        form.ask_to_wait(source)
    except ImportRefused as refusal:
        form.refuse(said_in, say(request, refusal.message))
    except Refused as refusal:
        form.refuse(refusal.field or said_in, refusal.message)
    return None


def _read_apart(source: Source, request: Request) -> Draft:
    """Read a file between two transactions: it takes seconds, in which others want to write."""
    request.tm.abort()
    try:
        return read(source.data, source.name, site_turns(request.consult.data))
    finally:
        request.tm.begin()


def _allowed(request: Request) -> Consultation:
    """Find the consultation again and ask again: either may have changed in the meantime."""
    consultation = find_consultation(request)
    if not request.has_permission(Permission.IMPORT, consultation):
        raise HTTPForbidden
    return consultation


def _documents(consultation: Consultation, request: Request) -> list[Document]:
    return list(
        request.db.scalars(
            select(Document)
            .where(Document.consultation_id == consultation.id)
            .order_by(Document.position, Document.id)
        )
    )
