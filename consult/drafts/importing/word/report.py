"""What the importer of a Word file tells about what it took and left out."""

from consult.drafts.importing import wording
from consult.drafts.importing.blocks import Finding, ImportRefused
from consult.drafts.importing.word.body import Body
from consult.drafts.importing.word.names import all_text, w
from consult.drafts.importing.word.package import Package


def report(package: Package, body: Body, findings: list[Finding]) -> None:
    """Add to the findings what is known once all of the text is read."""
    tally = body.inline.tally
    unseen = (
        wording.insertions(tally.insertions),
        wording.deletions(tally.deletions),
        wording.margin_comments(len(tally.comments)),
        wording.hidden_words(tally.hidden_words),
    )
    others = (
        wording.lost_links(tally.lost_links),
        wording.table_of_contents(body.contents_words),
        wording.headers_and_footers(_words_around(package)),
    )
    findings += [Finding(None, message, unseen=True) for message in unseen if message.number]
    findings += [Finding(None, message) for message in others if message.number]
    if package.has_macros():
        findings.append(Finding(None, wording.MACROS, unseen=True))


def _words_around(package: Package) -> int:
    words = 0
    for kind in ("header", "footer"):
        try:
            parts = package.parts(kind)
        except ImportRefused:  # What is left out anyway does no harm by being damaged.
            continue
        words += sum(len(all_text(part, w("t")).split()) for part in parts)
    return words
