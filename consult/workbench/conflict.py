"""Two officials at one paragraph: nothing is overwritten, and nothing that was typed is lost."""

from pyramid.response import Response
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.accounts.security import me
from consult.drafts.models import Wording, WorkingStep
from consult.i18n import _, translate
from consult.workbench.bench import Bench, Panel
from consult.workbench.forms import ParagraphForm
from consult.workbench.sheet import lines, seen

GONE = _("This paragraph is not in the text any more, so nothing was stored.")


def conflict(bench: Bench, wording: Wording, form: ParagraphForm) -> Response:
    """Show what the paragraph says now beside what was typed; sent again, that takes its place."""
    key = wording.paragraph.key
    form.seen.data = seen(wording)
    theirs = lines(bench.session, bench.version, [key])[0]
    return bench.answer(Panel(key, form, theirs, _who(bench, key)), 409)


def gone(bench: Bench, kept: str) -> Response:
    """Say that the paragraph was dropped, merged or replaced, and give back what was typed."""
    return bench.answer(None, 409, translate(bench.request, GONE), kept)


def _who(bench: Bench, key: str) -> str:
    """Return the name of the colleague who changed a paragraph last, "" where that is not known."""
    last = bench.session.scalar(
        select(WorkingStep)
        .where(
            WorkingStep.version_id == bench.version.id, WorkingStep.key == key, ~WorkingStep.undone
        )
        .order_by(WorkingStep.number.desc())
        .limit(1)
        .options(joinedload(WorkingStep.actor))
    )
    somebody = None if last is None else last.actor
    if somebody is None or somebody is me(bench.request):
        return ""
    return somebody.display_name
