"""What the buttons beside a paragraph do: what was typed is stored with whichever is pressed."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.blocks.blocks import Kind
from consult.drafts.models import Paragraph, Version, Wording, WorkingStep
from consult.i18n import _
from consult.refusal import Refused
from consult.workbench.correct import correct
from consult.workbench.drop import drop
from consult.workbench.forms import ParagraphForm
from consult.workbench.merge import merge
from consult.workbench.move import move
from consult.workbench.recast import level_of, recast
from consult.workbench.rows import at
from consult.workbench.split import split
from consult.workbench.steps import Overtaken

PARTED = _("What stands behind this paragraph has changed, so nothing was merged. Look again.")


class Doing:
    """One request to do something to one paragraph; `steps` fills with what was done.

    Raises Refused for what cannot be, Overtaken where somebody else was quicker.
    """

    def __init__(
        self, session: Session, version: Version, wording: Wording, actor_id: int | None
    ) -> None:
        self.session, self.version, self.wording = session, version, wording
        self.actor_id = actor_id
        self.steps: list[WorkingStep] = []

    def do(self, act: str, form: ParagraphForm, behind: str = "") -> None:
        """Store what was typed, then do `act`; `behind` is the key that a drag ended behind."""
        self.save(form)
        if act == "behind":
            self._take(self.move_behind(behind))
        elif act in ACTS:
            self._take(ACTS[act](self, form))

    def save(self, form: ParagraphForm) -> None:
        """Store text, kind, level and number where they differ from what they were."""
        if form.rewritten:
            said = form.parts()
            acted = (self.session, self.version, self.wording)
            if len(said) == 1:
                self._take(correct(*acted, said[0], actor_id=self.actor_id))
            else:
                self._take(split(*acted, said, actor_id=self.actor_id))
        kind, label = Kind(form.kind.data), form.label.data or ""
        level = level_of(kind, int(form.level.data))
        was = (self.wording.kind, self.wording.level, self.wording.label)
        if (kind, level, label) != was:
            self._take(
                recast(
                    self.session,
                    self.version,
                    self.wording,
                    kind,
                    level,
                    label,
                    actor_id=self.actor_id,
                )
            )

    def move_to(self, position: int) -> WorkingStep | None:
        """Put the paragraph at a position; None where it stands there."""
        return move(self.session, self.version, self.wording, position, actor_id=self.actor_id)

    def move_behind(self, key: str) -> WorkingStep | None:
        """Put the paragraph behind another, wherever that stands now."""
        position = self.session.scalar(
            select(Wording.position)
            .join(Wording.paragraph)
            .where(Wording.version_id == self.version.id, Paragraph.key == key)
        )
        if position is None:
            raise Overtaken(_("The place is not there any more, so nothing was moved."))
        return self.move_to(position + (position < self.wording.position))

    def merge(self, next_key: str) -> WorkingStep:
        """Merge the paragraph with the next one, if that still is the one with `next_key`."""
        following = at(self.session, self.version, self.wording.position + 1)
        if following is None:
            raise Refused(_("Nothing follows that this could be merged with."))
        if following.paragraph.key != next_key:
            raise Overtaken(PARTED)
        return merge(self.session, self.version, self.wording, following, actor_id=self.actor_id)

    def _take(self, step: WorkingStep | None) -> None:
        if step is not None:
            self.steps.append(step)


def _to_place(doing: Doing, form: ParagraphForm) -> WorkingStep | None:
    place = form.place.data or ""
    if not place.isdecimal():
        raise Refused(_("Write the number of a place, such as 12."), "place")
    # People count from behind the title; nine digits are more than any text has places.
    return doing.move_to(int(place[:9]) + 1)


ACTS: dict[str, Callable[[Doing, ParagraphForm], WorkingStep | None]] = {
    "up": lambda doing, _form: doing.move_to(doing.wording.position - 1),
    "down": lambda doing, _form: doing.move_to(doing.wording.position + 1),
    "place": _to_place,
    "merge": lambda doing, form: doing.merge(form.next.data or ""),
    "drop": lambda doing, _form: drop(
        doing.session, doing.version, doing.wording, actor_id=doing.actor_id
    ),
}
