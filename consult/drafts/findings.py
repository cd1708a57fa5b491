"""What an import found: each thing with the paragraph where it is, and whether somebody has looked at it."""

import re
from collections.abc import Collection, Iterable, Sequence

from consult.drafts.importing.blocks import Block, Finding
from consult.drafts.models import Version

_NUMBERED = re.compile(r"(.*?)(\d+)\D*")


def located(
    findings: Iterable[Finding], blocks: Sequence[Block], keys: Sequence[str]
) -> list[dict[str, str]]:
    """Return findings as a version keeps them; `keys` are those of the blocks' paragraphs.

    What a finding is about may have left no paragraph; then it is with the one before.
    """
    exact: dict[str, str] = {}
    numbered: dict[str, list[tuple[int, str]]] = {}
    for block, key in zip(blocks, keys, strict=True):
        exact.setdefault(block.place, key)
        if match := _NUMBERED.fullmatch(block.place):
            numbered.setdefault(match[1], []).append((int(match[2]), key))
    found = []
    for finding in findings:
        key = exact.get(finding.place, "") if finding.place else ""
        match = _NUMBERED.fullmatch(finding.place)
        if not key and match:
            before = [p for p in numbered.get(match[1], ()) if p[0] < int(match[2])]
            key = max(before, key=lambda p: p[0])[1] if before else ""
        unseen = "yes" if finding.unseen else ""
        said = {"place": finding.place, "message": finding.message, "unseen": unseen}
        found.append(said | {"key": key, "looked": ""})
    return found


def unseen_in(version: Version) -> list[dict[str, str]]:
    """Return those findings that speak of what the original still holds and no reader sees."""
    return [finding for finding in version.findings if finding.get("unseen")]


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
