"""What was done to the text, in a sentence."""

from consult.drafts.models import WorkingAct, WorkingStep
from consult.i18n import _, translate
from consult.web import Request

DONE = {
    WorkingAct.CORRECT: _("The text of ${name} was corrected."),
    WorkingAct.RECAST: _("The kind, level or number of ${name} was changed."),
    WorkingAct.SPLIT: _("${name} was split."),
    WorkingAct.MERGE: _("${name} was merged with what followed it."),
    WorkingAct.MOVE: _("${name} was moved."),
    WorkingAct.DROP: _("${name} was dropped."),
    WorkingAct.ADD: _("${name} was added."),
}


def told(request: Request, step: WorkingStep) -> str:
    """Return the sentence that says what a step did."""
    return translate(request, _(DONE[step.act], mapping={"name": step.name}))


def told_undone(request: Request, step: WorkingStep) -> str:
    """Return the sentence that says that a step was taken back."""
    return translate(request, _("Undone: ${what}", mapping={"what": told(request, step)}))
