"""Markdown: CommonMark with tables, strike-through, footnotes and front matter.

It is rendered as HTML and read like a page, so that HTML within it is not lost.
"""

import re
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from consult.blocks.blocks import Finding, ImportRefused
from consult.blocks.messages import _
from consult.importing import limits
from consult.importing.decoding import decode
from consult.importing.front_matter import split_front_matter
from consult.importing.hypertext.content import clear, parse
from consult.importing.hypertext.counting import LABEL, LINE
from consult.importing.hypertext.elements import ELEMENTS
from consult.importing.hypertext.pictures import Pictures
from consult.importing.hypertext.reading import take
from consult.importing.markdown_dialects import Source, prepare
from consult.importing.pieces import Reading
from consult.importing.typed_equations import tell_typed_equations
from consult.importing.wording import TOO_MANY_PARAGRAPHS, too_long
from consult.text.markup import written

# Deeper nesting of quotations and lists is not read by the parser, which would lose its text.
_DEEPEST = 40
_INDENTED_HTML = re.compile(
    r"\s*</?(?:li|ul|ol|p|div|table|t[rdh]|thead|tbody|dl|d[td]|h[1-6])\b[^<>]*>", re.I
)
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\]\s]+)\]:")
_BOLD_START = re.compile(r"\s*\*\*[^\s*][^*\n]*\*\*\s+\w")
_INLINE_TAG = re.compile(r"</?([A-Za-z][\w.:-]*)")


def read(data: bytes) -> Reading:
    """Read a Markdown file. Raises ImportRefused."""
    findings: list[Finding] = []
    text = decode(data, findings)
    front, text, skipped = split_front_matter(text, findings)
    _check_paragraphs(text)
    findings += tell_typed_equations(text, skipped)
    source = prepare(text, findings, skipped)
    html = _render(source)
    if not html.strip():
        return Reading([], findings, front.language, front.title)
    content = clear(parse(f"<html><body>{html}</body></html>"), findings, own_lines=False)
    pictures = Pictures()
    pieces = take(content, findings, front.language, "", {}, own_lines=False, pictures=pictures)
    images = pictures.gallery.images
    return Reading(pieces, findings, front.language, front.title, images=images)


def _check_paragraphs(text: str) -> None:
    """Refuse what the parser would need minutes for: its cost grows with a paragraph's square."""
    stretches = re.split(r"\n[ \t]*\n", text)
    if len(stretches) > limits.MAX_BLOCKS:
        raise ImportRefused(TOO_MANY_PARAGRAPHS)
    for stretch in stretches:
        if len(stretch) > limits.MAX_BLOCK_CHARACTERS:
            raise ImportRefused(too_long(None))
    if re.search(rf"^[ \t]*(?:>[ \t]?){{{_DEEPEST},}}", text, re.MULTILINE):
        raise ImportRefused(
            _(
                "Quotations in this file are nested more than ${deepest} deep; take some of the “>”"
                " signs away.",
                deepest=_DEEPEST,
            )
        )


def _render(source: Source) -> str:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 4 * _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(deflist_plugin)
    # Addresses are judged where links are made; a refused one would stand there as raw Markdown.
    parser.validateLink = _leave_to_the_reader  # type: ignore[method-assign]
    environment: dict[str, Any] = {}
    tokens = parser.parse("\n".join(source.lines), environment)
    if _free_prose(source, tokens, environment):
        environment = {}
        tokens = parser.parse("\n".join(source.lines), environment)
    if _free_notes(source, environment):
        environment = {}
        tokens = parser.parse("\n".join(source.lines), environment)
    _annotate(tokens, source)
    for token in tokens:
        if token.type == "code_block" and _INDENTED_HTML.match(token.content):
            # HTML that was indented for its looks, behind an empty line.
            token.type = "html_block"
        for child in token.children or []:
            if child.type == "html_inline":
                child.content = _keep_placeholder(child.content)
        if token.type == "html_block":
            token.content = re.sub(r"<[^<>]*>", lambda m: _keep_placeholder(m[0]), token.content)
            if token.map:
                token.content = _with_line(token.content, source.origins[token.map[0]])
    return str(parser.renderer.render(tokens, parser.options, environment))


def _leave_to_the_reader(url: str) -> bool:
    return True


def _free_notes(source: Source, environment: dict[str, Any]) -> bool:
    """Make paragraphs of the notes that the parser would leave out; whether there were any.

    Those are notes that nothing refers to, and all but the last of several with one name.
    """
    called = environment.get("footnotes", {}).get("refs", {})
    uncalled = {name[1:] for name, number in called.items() if number < 0}
    definitions: dict[str, list[int]] = {}
    for place, line in enumerate(source.lines):
        if match := _NOTE.match(line):
            definitions.setdefault(match[1], []).append(place)
    freed = [
        place
        for name, places in definitions.items()
        for place in (places if name in uncalled else places[:-1])
    ]
    for place in freed:
        source.lines[place] = _NOTE.sub(r"\\[\1\\]", source.lines[place], count=1)
    return bool(freed)


def _free_prose(source: Source, tokens: list[Token], environment: dict[str, Any]) -> bool:
    """Push to the margin what is indented like code but is prose; whether there was any.

    So stand the rest of a list's item behind something that ended the list. Prose calls a note or
    begins with bold words.
    """
    names = [name[1:] for name in environment.get("footnotes", {}).get("refs", {})]
    freed = False
    for token in tokens:
        if token.type != "code_block" or token.map is None:
            continue
        calls = any(f"[^{name}]" in token.content for name in names)
        if calls or _BOLD_START.match(token.content):
            freed = True
            for place in range(*token.map):
                source.lines[place] = source.lines[place].lstrip()
    return freed


def _keep_placeholder(tag: str) -> str:
    """ "<name of the department>" is a gap to fill in, not HTML, and must not vanish."""
    match = _INLINE_TAG.match(tag)
    if match is None or match[1].lower() in ELEMENTS:
        return tag
    return str(written(tag))


def _with_line(html: str, line: int) -> str:
    """HTML that says on which line it begins."""
    if html.lstrip().startswith("<!--"):
        return f'<span {LINE}="{line}"></span>{html}'
    return re.sub(r"^(\s*<[A-Za-z][\w.:-]*)", rf'\1 {LINE}="{line}"', html, count=1)


def _annotate(tokens: list[Token], source: Source) -> None:
    """Write line numbers, and items' numbers as the author wrote them, into the tokens."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.map and token.nesting == 1:
            token.attrSet(LINE, str(source.origins[token.map[0]]))
        if token.type == "ordered_list_open" or token.type == "bullet_list_open":
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            _number(lists.pop(), source)


def _number(items: list[Token], source: Source) -> None:
    """Label the items of one list.

    Numbers that rise are the author's own; "1." before every item asks the reader to count.
    """
    numbers = [int(item.info) for item in items if item.info.isdigit()]
    if len(numbers) < len(items):
        return
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        numbers = list(range(numbers[0], numbers[0] + len(numbers)))
    for item, number in zip(items, numbers, strict=True):
        line = item.map[0] if item.map else -1
        item.attrSet(LABEL, source.labels.get(line) or f"{number}{item.markup}")
