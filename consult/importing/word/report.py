"""What the importer of a Word file tells about what it took and left out."""

from consult.blocks.blocks import Finding, ImportRefused
from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.margin_comments import tell_comment
from consult.importing.tally import Tally
from consult.importing.word.body import Body
from consult.importing.word.names import Element, all_text, local_name, value, w
from consult.importing.word.package import Package


def report(package: Package, body: Body, findings: list[Finding]) -> None:
    """Add to the findings what is known once all of the text is read."""
    tally = body.inline.tally
    tally.place = None
    _tell_comments(package, body.inline.comments, tally, findings)
    body.position.report(tally, findings)
    if words := _words_around(package):
        findings.append(Finding(None, wording.headers_and_footers(words)))
    if package.has_macros():
        findings.append(Finding(None, wording.MACROS, unseen=True))


def _tell_comments(
    package: Package, anchors: dict[str, Place | None], tally: Tally, findings: list[Finding]
) -> None:
    """Every comment of the file, in the order of the text, and then those of no place in it."""
    try:
        part = package.part("comments")
    except ImportRefused:  # What is left out anyway does no harm by being damaged.
        part = None
    comments = [] if part is None else list(part.iter(w("comment")))
    order = {identity: number for number, identity in enumerate(anchors)}
    for comment in sorted(comments, key=lambda c: order.get(value(c, "id"), len(order))):
        place = anchors.get(value(comment, "id"))
        tell_comment(value(comment, "author"), _words_of(comment), place, findings, tally)
    for identity in set(anchors).difference(value(comment, "id") for comment in comments):
        tally.count(wording.wordless_comments, place=anchors[identity])


def _words_of(comment: Element) -> str:
    text = comment.iter(w("t"), w("p"), w("tab"), w("br"), w("cr"))
    return "".join((e.text or "") if local_name(e) == "t" else " " for e in text)


def _words_around(package: Package) -> int:
    words = 0
    for kind in ("header", "footer"):
        try:
            parts = package.parts(kind)
        except ImportRefused:  # What is left out anyway does no harm by being damaged.
            continue
        words += sum(len(all_text(part, w("t")).split()) for part in parts)
    return words
