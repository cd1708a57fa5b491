"""What the importer of a Word file tells about what it took and left out."""

from consult.drafts.importing.blocks import Finding, ImportRefused
from consult.drafts.importing.word.body import Body
from consult.drafts.importing.word.names import all_text, w
from consult.drafts.importing.word.package import Package
from consult.drafts.importing.wording import were


def report(package: Package, body: Body, findings: list[Finding]) -> None:
    """Add to the findings what is known once all of the text is read."""
    tally = body.inline.tally
    if tally.insertions or tally.deletions:
        _add(
            findings,
            "Tracked changes were accepted:"
            f" {were(tally.insertions, 'insertion', 'insertions')} kept and"
            f" {were(tally.deletions, 'deletion', 'deletions')} left out.",
            unseen=True,
        )
    if tally.comments:
        _add(
            findings,
            f"{were(len(tally.comments), 'comment in the margin', 'comments in the margin')} left out.",
            unseen=True,
        )
    if tally.hidden_words:
        hidden = were(tally.hidden_words, "hidden word", "hidden words")
        _add(findings, f"{hidden} left out.", unseen=True)
    if tally.lost_links:
        where = "without a complete web address"
        _add(
            findings,
            f"{were(tally.lost_links, f'link {where}', f'links {where}')} made plain text.",
        )
    if body.contents_words:
        _add(findings, f"The table of contents ({body.contents_words} words) was left out.")
    words = _words_around(package)
    if words:
        around = "of page headers and footers"
        _add(findings, f"{were(words, f'word {around}', f'words {around}')} left out.")
    if package.has_macros():
        _add(findings, "The file holds macros; they were left out.", unseen=True)


def _words_around(package: Package) -> int:
    words = 0
    for kind in ("header", "footer"):
        try:
            parts = package.parts(kind)
        except ImportRefused:  # What is left out anyway does no harm by being damaged.
            continue
        words += sum(len(all_text(part, w("t")).split()) for part in parts)
    return words


def _add(findings: list[Finding], message: str, *, unseen: bool = False) -> None:
    findings.append(Finding("", message, unseen))
