"""The workbench as an answer: the whole page, or with JavaScript only the rows that have changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from consult.drafts.models import Document, Paragraph, Version, Wording, WorkingStep
from consult.drafts.pictures import description
from consult.i18n import _, direction_of, translate
from consult.intake.findings import Shown, grouped, shown
from consult.redline.wording_html import wrapped
from consult.web import Request
from consult.workbench.forms import AddForm, ParagraphForm
from consult.workbench.sheet import Line, counts, counts_of, keys_before, line_at, lines
from consult.workbench.step_sentences import told, told_undone
from consult.workbench.steps import last_done, next_undone

TEMPLATES = "consult:workbench/templates/"
NOTHING_STORED = _("Nothing was stored yet. See the open form.")


@dataclass(frozen=True, slots=True)
class Panel:
    """The form that stands open in the row of the paragraph `key`; an AddForm stands behind it.

    theirs: the paragraph as it is now, where somebody changed it while the form was open, and who
    that was. refused: sentences that belong to no field.
    """

    key: str
    form: ParagraphForm | AddForm
    theirs: Line | None = None
    who: str = ""
    refused: tuple[str, ...] = ()

    @property
    def adds(self) -> bool:
        return isinstance(self.form, AddForm)


class Bench:
    """A working version on the workbench, about to answer one request."""

    def __init__(self, document: Document, version: Version, request: Request) -> None:
        self.document, self.version, self.request = document, version, request
        self.session = request.db

    def wording(self, key: str) -> Wording | None:
        """Return what the paragraph `key` says; None where it is not in the text."""
        return self.session.scalar(
            select(Wording)
            .join(Wording.paragraph)
            .where(Wording.version_id == self.version.id, Paragraph.key == key)
            .options(contains_eager(Wording.paragraph))
        )

    def form(self, wording: Wording) -> ParagraphForm:
        """Return a paragraph's form, filled with what it says or with what was sent."""
        following = line_at(self.session, self.version, wording.position + 1)
        return ParagraphForm(self.request, wording, "" if following is None else following.key)

    def opened(self, key: str) -> Panel | None:
        """Return the form of the paragraph `key`, None where it is not in the text."""
        wording = self.wording(key)
        return None if wording is None else Panel(key, self.form(wording))

    def answer(
        self, panel: Panel | None, status: int = 200, said: str = "", kept: str = ""
    ) -> Response:
        """Show the page with `panel` open, or that row alone; `said` is what there is to say.

        `kept` is what somebody typed into a form that is not there any more.
        """
        if status >= 400 and not said:
            said = translate(self.request, NOTHING_STORED)
        if in_part(self.request):
            # A script closes a form by asking for the row without it.
            key = self.request.GET.get("show", "") if panel is None else panel.key
            return self._part(lines(self.session, self.version, [key]), panel, status, said)
        found = lines(self.session, self.version)
        facts = self._facts(panel, said, found) | {"kinds": counts_of(found)}
        known = {line.key for line in found}
        return self._render(
            "workbench", facts | {"known": known, "kept": kept, "wrong": status >= 400}, status
        )

    def done(
        self, steps: Iterable[WorkingStep], focus: str, said: str, panel: Panel | None = None
    ) -> Response:
        """Answer that `steps` were done or undone; the paragraph `focus` is shown, `panel` open in it."""
        if not in_part(self.request):
            query = {} if panel is None else {"edit": panel.key}
            return HTTPSeeOther(self.path("workbench", _query=query, _anchor=f"p-{focus}"))
        steps = list(steps)
        touched = {row["key"] for step in steps for row in (*step.before, *step.after)}
        found = lines(self.session, self.version, touched | {focus})
        gone = touched - {line.key for line in found}
        return self._part(found, panel, 200, said, gone, focus, len(steps))

    def path(self, route: str, **kw: Any) -> str:
        """Return an address below this document's."""
        slug, document = self.document.consultation.slug, self.document.slug
        return str(self.request.route_path(route, slug=slug, document=document, **kw))

    def _part(
        self,
        found: list[Line],
        panel: Panel | None,
        status: int,
        said: str,
        gone: Iterable[str] = (),
        focus: str = "",
        made: int = 0,
    ) -> Response:
        facts = self._facts(panel, said, found) | {
            "kinds": counts(self.session, self.version),
            "before": keys_before(self.session, self.version, found),
            "gone": gone,
            "focus": focus,
            "made": made,
        }
        return self._render("workbench_part", facts, status)

    def _facts(self, panel: Panel | None, said: str, found: Iterable[Line]) -> dict[str, Any]:
        last = last_done(self.session, self.version)
        following = next_undone(self.session, self.version)
        findings = shown(self.request, self.version, {line.key: line.html for line in found})
        flags: dict[str, list[Shown]] = {}
        for finding in findings:
            if not finding.done:
                flags.setdefault(finding.key, []).append(finding)
        language = self.version.language
        return {
            "document": self.document,
            "consultation": self.document.consultation,
            "version": self.version,
            "lines": found,
            "panel": panel,
            "said": said or self._state(last, following),
            "last": last,
            "last_said": told(self.request, last) if last else "",
            "following": following,
            "following_said": told(self.request, following) if following else "",
            "report": grouped(findings),
            "found": len(findings),
            "done": sum(finding.done for finding in findings),
            "flags": flags,
            "wrapped": wrapped,
            "description": description,
            "text_lang": language,
            "text_dir": direction_of(language) if language else "",
        }

    def _state(self, last: WorkingStep | None, following: WorkingStep | None) -> str:
        """Return what to say to somebody who has just come: what was done or undone last."""
        if following is not None:
            return told_undone(self.request, following)
        return "" if last is None else told(self.request, last)

    def _render(self, name: str, facts: dict[str, Any], status: int) -> Response:
        response = render_to_response(f"{TEMPLATES}{name}.jinja2", facts, request=self.request)
        response.status_int = status
        return response


def in_part(request: Request) -> bool:
    """Say whether a script asked, which puts the rows that it gets into the page."""
    return bool(request.headers.get("HX-Request") == "true")


def nothing_to_edit(document: Document, request: Request, kept: str = "") -> Response:
    """Say that there is no working version; `kept` is a text that was typed for one."""
    facts = {"document": document, "consultation": document.consultation, "kept": kept}
    response = render_to_response(f"{TEMPLATES}workbench_nothing.jinja2", facts, request=request)
    response.status_int = 404
    return response
