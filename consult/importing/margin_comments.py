"""Comments in the margin, of which readers must not see a word, told to officials one by one."""

from consult.blocks.blocks import Finding
from consult.blocks.places import Place
from consult.importing import limits, wording
from consult.importing.decoding import UNWANTED
from consult.importing.tally import Tally


def tell_comment(
    author: str, words: str, place: Place | None, findings: list[Finding], tally: Tally
) -> None:
    """Add a comment to the report. place: where it is anchored; None where that is not known."""
    from consult.text import excerpt

    author = excerpt(_harmless(author), limits.MAX_NAME_CHARACTERS)
    words = excerpt(_harmless(words), limits.MAX_COMMENT_CHARACTERS)
    if words:
        findings.append(Finding(place, wording.margin_comment(author, words), unseen=True))
    else:
        tally.count(wording.wordless_comments, place=place)


def _harmless(text: str) -> str:
    """Text that changes neither a terminal nor the direction of the sentence that it stands in."""
    from consult.text.cleaning import balance_isolates

    return balance_isolates(UNWANTED.sub("", text))
