"""What an import found: each thing with the paragraph where it is, and whether somebody has looked at it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consult.drafts.importing.blocks import Block, Finding, finding_from
from consult.drafts.importing.places import Place, Unit
from consult.drafts.models import Version
from consult.drafts.saying import say
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in the language of a page. place: empty where the whole file is meant. key: of the
    paragraph where it is, or empty. unseen: the file still holds what no reader of the page sees."""

    place: str
    message: str
    key: str
    looked: bool
    unseen: bool


def located(
    findings: Iterable[Finding], blocks: Sequence[Block], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return findings as a version keeps them; `keys` are those of the blocks' paragraphs.

    What a finding is about may have left no paragraph; then it is with the one before.
    """
    exact: dict[Place | None, str] = {None: ""}
    numbered: dict[Unit, list[tuple[int, str]]] = {}
    for block, key in zip(blocks, keys, strict=True):
        if block.place:
            exact.setdefault(block.place, key)
            numbered.setdefault(block.place.unit, []).append((block.place.number, key))
    found = []
    for finding in findings:
        key = exact.get(finding.place, "")
        if not key and finding.place:
            number = finding.place.number
            before = [p for p in numbered.get(finding.place.unit, ()) if p[0] < number]
            key = max(before, key=lambda p: p[0])[1] if before else ""
        found.append(asdict(finding) | {"key": key, "looked": ""})
    return found


def shown(request: Request, version: Version) -> list[Shown]:
    """Return what the import of `version` found, in the page's language."""
    return [_shown(request, stored) for stored in version.findings]


def unseen_in(request: Request, version: Version) -> list[Shown]:
    """Return those findings that speak of what the original still holds and no reader sees."""
    return [finding for finding in shown(request, version) if finding.unseen]


def _shown(request: Request, stored: dict[str, Any]) -> Shown:
    place, message = stored["place"], stored["message"]
    # As findings were kept once they are words already, in no language but English.
    if not isinstance(message, str):
        finding = finding_from(stored)
        place = say(request, finding.place.message) if finding.place else ""
        message = say(request, finding.message)
    looked, unseen = bool(stored.get("looked")), bool(stored.get("unseen"))
    return Shown(place, message, stored.get("key", ""), looked, unseen)


def look(version: Version, now: Collection[int], before: Collection[int]) -> None:
    """Mark findings, by their places in the report, as looked at or not.

    `before` are those that were marked on the page that somebody saw: only what they changed is
    changed, so that two people can work through one report.
    """
    changed = set(now) ^ set(before)
    version.findings = [
        finding | {"looked": "yes" if number in now else ""} if number in changed else finding
        for number, finding in enumerate(version.findings)
    ]
