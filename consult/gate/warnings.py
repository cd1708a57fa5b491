"""What rooms above have to say to those who are about to publish."""

from collections.abc import Callable

from markupsafe import Markup

from consult.drafts.models import Version
from consult.web import Request

#: Given a working version behind a published one, returns HTML, or None where there is nothing to say.
Remark = Callable[[Request, Version], Markup | None]
_remarks: list[Remark] = []


def remarks_at_gate(remark: Remark) -> Remark:
    """Register, as a decorator, a room above that knows of something an official should look at."""
    _remarks.append(remark)
    return remark


def gate_remarks(request: Request, version: Version) -> list[Markup]:
    """Return what there is to say about a working version."""
    said = (remark(request, version) for remark in _remarks)
    return [remark for remark in said if remark is not None]
