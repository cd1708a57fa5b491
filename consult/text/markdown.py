"""Markdown of comments and official replies, rendered once when it is written."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from consult.text.links import is_allowed_link
from consult.text.sanitising import sanitise_comment
from consult.text.typed import keep_as_typed

#: Characters of Markdown that one comment or reply may have.
MAX_SOURCE = 20_000

# Levels of emphasis and links within one another; markdown-it caps blocks only.
_MAX_INLINE_DEPTH = 8

# Blocks that go through the gates together: html5lib looks for each element among its siblings,
# so that 5,000 siblings in one go cost a second and in lots of this size a fifth of it.
_LOT = 200

# What ends an address in running text: white space, quotation marks of all kinds, the
# punctuation of Chinese and Japanese, and characters that RFC 3986 does not know. A backslash may
# belong to it for a browser, and then it leads elsewhere.
_ADDRESS = re.compile(
    r"(?<![a-zA-Z0-9])https?://[^\s<>\"'\\^`{|}\u2018-\u201f\u2026\u00ab\u00bb\u3000-\u303f\uff00-\uffef]{1,2000}+(?!\\)",
    re.IGNORECASE,
)
_BRACKETS = {")": "(", "]": "["}


def render_markdown(source: str) -> str:
    """Render what a person wrote as safe HTML.

    CommonMark's paragraphs, emphasis, lists, quotations, fenced code and links; bare web
    addresses become links. What people type in letters is kept as they see it: line breaks
    break, indented lines are no code, rows of dashes and "[1]: ..." notes stay text, and so do
    the numbers and marks of lists (see `consult.text.typed`). Headings become strong paragraphs,
    HTML and images stay text.

    Raises ValueError above MAX_SOURCE characters.
    """
    if len(source) > MAX_SOURCE:
        raise ValueError(f"at most {MAX_SOURCE} characters of Markdown, not {len(source)}")
    env: EnvType = {}
    tokens = _PARSER.parse(source, env)
    rendered = (_PARSER.renderer.render(lot, _PARSER.options, env) for lot in _lots(tokens))
    return "".join(map(sanitise_comment, rendered)).strip()


def _lots(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Divide a document's tokens, always between two blocks of its top level."""
    lot: list[Token] = []
    for token in tokens:
        lot.append(token)
        if len(lot) >= _LOT and token.level == 0 and token.nesting <= 0:
            yield lot
            lot = []
    yield lot


def _strong_paragraph(
    renderer: RendererHTML, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    # A comment must not add to the outline of the page that it stands on.
    return "<p><strong>" if tokens[i].nesting == 1 else "</strong></p>\n"


def _polish(state: StateCore) -> None:
    """Level deep emphasis and link bare addresses, in every run of inline tokens."""
    for block in state.tokens:
        if block.children:
            block.children = list(_link_addresses(_level(block.children)))


def _level(tokens: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting
        # An opening token is deep with itself counted, its closing one before.
        if token.nesting and depth + (token.nesting < 0) > _MAX_INLINE_DEPTH:
            continue
        yield token


def _link_addresses(tokens: Iterable[Token]) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type == "text" and not links and "://" in token.content:
            yield from _split_at_addresses(token.content)
        else:
            yield token


def _split_at_addresses(text: str) -> Iterator[Token]:
    done = 0
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match[0])
        href = _PARSER.normalizeLink(address)
        if is_allowed_link(href):
            yield Token("text", "", 0, content=text[done : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": href})
            yield Token("text", "", 0, content=address)
            yield Token("link_close", "a", -1)
            done = match.start() + len(address)
    yield Token("text", "", 0, content=text[done:])


def _without_punctuation(address: str) -> str:
    """Leave off what belongs to the sentence: stops, and brackets opened before the address."""
    while address[-1] in ".,;:!?*_~)]":
        opening = _BRACKETS.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["image", "code", "lheading", "hr", "reference", "html_inline", "html_block"])
    parser.validateLink = is_allowed_link  # type: ignore[method-assign, assignment]
    parser.core.ruler.after("text_join", "polish", _polish)
    keep_as_typed(parser)
    parser.add_render_rule("heading_open", _strong_paragraph)
    parser.add_render_rule("heading_close", _strong_paragraph)
    # The rules are put in order at first use, which two threads must not do at the same time.
    parser.render("*warm*")
    return parser


_PARSER = _parser()
