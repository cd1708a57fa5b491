"""How sites and word processors mark up what HTML has elements for."""

import re

from consult.blocks.blocks import Kind
from consult.importing.hypertext.counting import Element

# EUR-Lex (the Official Journal online, with and without the prefix "oj-"), Word's own HTML, and
# documents made with pandoc.
_CLASSES: dict[str, tuple[Kind, int]] = {
    "doc-ti": (Kind.TITLE, 0),
    "ti-section-1": (Kind.HEADING, 2),
    "ti-section-2": (Kind.HEADING, 2),
    "ti-grseq-1": (Kind.HEADING, 3),
    "ti-art": (Kind.HEADING, 4),
    "sti-art": (Kind.HEADING, 4),
    # The consolidated texts of EUR-Lex.
    "title-doc-first": (Kind.TITLE, 0),
    "title-division-1": (Kind.HEADING, 2),
    "title-division-2": (Kind.HEADING, 2),
    "title-gr-seq-level-1": (Kind.HEADING, 3),
    "title-article-norm": (Kind.HEADING, 4),
    "stitle-article-norm": (Kind.HEADING, 4),
    "msotitle": (Kind.TITLE, 0),
}
# Lines of a cover that some programs write as headings.
_COVER_LINES = frozenset({"date", "author", "subtitle", "msosubtitle"})

# Elements that hold nothing but the number of what follows them.
_MARKER = re.compile(
    r"(?:^|[\s_-])(?:num|number|no|nr|no-parag|label|marker|enum|ordinal|para-?num(?:ber)?|counter|list-?number"
    r"|section-?(?:no|number)|header-section-number|leg[a-z0-9]{1,6}no|secno)(?:$|\s)",
    re.IGNORECASE,
)


def kind_by_class(element: Element) -> tuple[Kind, int] | None:
    """Kind and level of a block that its classes or role tell, or None."""
    if element.get("role") == "heading":
        level = str(element.get("aria-level") or "")
        return Kind.HEADING, int(level) if re.fullmatch("[1-6]", level) else 2
    for name in str(element.get("class") or "").lower().split():
        if name in _COVER_LINES and element.tag in ("h2", "h3", "h4"):
            return Kind.PARAGRAPH, 0
        if element.tag in ("p", "div") and (known := _CLASSES.get(name.removeprefix("oj-"))):
            return known
    return None


def is_marker(element: Element) -> bool:
    """Whether an inline element holds a number that stands before a text."""
    if re.search(r"mso-list\s*:\s*ignore", str(element.get("style") or ""), re.IGNORECASE):
        return True
    return bool(_MARKER.search(str(element.get("class") or "")))
