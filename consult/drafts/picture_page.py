"""The address of a picture: shown to whoever may read one of the texts in which it stands."""

from collections.abc import Collection
from threading import Lock

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Select, Text, cast, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from consult.accounts.models import Account
from consult.accounts.security import me, permits
from consult.drafts.images import ADDRESS, FOLDER, SHOWN, type_of
from consult.drafts.models import Document, Version, VersionState, Wording, WorkingStep
from consult.permissions import Permission
from consult.web import Request, Site

_YEAR = 365 * 24 * 3600  # seconds
_AT_ONCE = 500  # versions in one statement


class Appearances:
    """Which published versions show which pictures: that never changes, so each is read once."""

    def __init__(self) -> None:
        self._read: set[int] = set()
        self._versions: dict[str, set[int]] = {}
        self._lock = Lock()

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._read.clear()
            self._versions.clear()

    def of(self, digest: str) -> frozenset[int]:
        """Return the ids of the versions that are known to show a picture."""
        with self._lock:
            return frozenset(self._versions.get(digest, ()))

    def catch_up(self, session: Session) -> None:
        """Read what was published since this was last done."""
        published = select(Version.id).where(Version.state == VersionState.PUBLISHED)
        new = sorted(set(session.scalars(published)) - self._read)
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            pictured = select(Wording.version_id, Wording.html).where(
                Wording.version_id.in_(some), Wording.html.contains(ADDRESS, autoescape=True)
            )
            rows = session.execute(pictured).all()
            with self._lock:
                for version_id, html in rows:
                    for digest in SHOWN.findall(html):
                        self._versions.setdefault(digest, set()).add(version_id)
                self._read.update(some)


@view_config(route_name="figure", request_method="GET", permission=Permission.BROWSE)
def figure(_site: Site, request: Request) -> Response:
    """Show a picture to those who may read a text that it stands in; for others there is none.

    What stands at its address never changes, so what everybody may see may be kept for ever.
    Everything else is nobody's to keep.
    """
    digest = request.matchdict["digest"]
    try:
        image = (request.consult.data / FOLDER / digest).read_bytes()
    except OSError as error:
        raise HTTPNotFound from error
    public = _in_public(request, digest)
    if not public and not _before_me(request, digest):
        raise HTTPNotFound
    response = Response(body=image, content_type=type_of(image) or "application/octet-stream")
    if not public:
        response.cache_control = "private, no-store"
        return response
    response.cache_control = f"public, max-age={_YEAR}, immutable"
    response.etag = digest
    response.conditional_response = True
    return response


def _in_public(request: Request, digest: str) -> bool:
    """Say whether it stands in a text that everybody may read."""
    appearances: Appearances = request.registry["appearances"]
    known = appearances.of(digest)
    if _permitted(request, _published(known), None, Permission.READ):
        return True
    appearances.catch_up(request.db)
    new = appearances.of(digest) - known
    return _permitted(request, _published(new), None, Permission.READ)


def _before_me(request: Request, digest: str) -> bool:
    """Say whether it stands in a text that whoever asks may read or, unpublished, may see."""
    account = me(request)
    # Nobody else sees more than everybody does.
    if account is None or not account.grants:
        return False
    published = _published(request.registry["appearances"].of(digest))
    return _permitted(request, published, account, Permission.READ) or _permitted(
        request, _working(digest), account, Permission.SEE_WORKING
    )


def _permitted(
    request: Request, documents: Select[Document], account: Account | None, permission: Permission
) -> bool:
    query = documents.options(joinedload(Document.consultation))
    for document in request.db.scalars(query):
        document.consultation.asked_at = request.arrived_at
        if permits(account, document, permission):
            return True
    return False


def _published(version_ids: Collection[int]) -> Select[Document]:
    shown = select(Version.document_id).where(Version.id.in_(version_ids))
    return select(Document).where(Document.id.in_(shown))


def _working(digest: str) -> Select[Document]:
    """Select the documents whose working version shows it, or showed it before a change."""
    in_wording = exists().where(Wording.version_id == Version.id, Wording.html.contains(digest))
    kept = (cast(rows, Text).contains(digest) for rows in (WorkingStep.before, WorkingStep.after))
    in_step = exists().where(WorkingStep.version_id == Version.id, or_(*kept))
    shown = select(Version.document_id).where(
        Version.state == VersionState.WORKING, or_(in_wording, in_step)
    )
    return select(Document).where(Document.id.in_(shown))
