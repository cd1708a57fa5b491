"""What the elements of one kind of legal XML mean, in terms that the renderer knows."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Element names, without namespace, by what they are. Whatever is in none of these is a box
    around other elements if there are any that make paragraphs, and a paragraph or a stretch of
    text if there are none.

    numbers: hold the number of the element around them. headings: hold its heading. items: are
    items of a list when they have a number but no heading. inline: HTML element for a stretch of
    text, or "" for none. paragraphs: HTML element for a block, "p" for most. tabulators: empty
    elements that stand for one. breaks: empty elements that end a line.
    """

    unread: frozenset[str]
    numbers: frozenset[str]
    headings: frozenset[str]
    items: frozenset[str]
    notes: frozenset[str]
    inline: dict[str, str]
    paragraphs: dict[str, str]
    quotations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    tabulators: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset({"br"})
    lists: frozenset[str] = frozenset({"ul", "ol"})
    tables: dict[str, str] = field(
        default_factory=lambda: {
            name: name for name in ("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
        }
    )
