"""Markdown of comments and official replies, rendered once when it is written."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from consult.text.links import is_allowed_link
from consult.text.sanitising import sanitise_comment

#: Characters of Markdown that one comment or reply may have.
MAX_SOURCE = 20_000


def _strong_paragraph(
    renderer: RendererHTML, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType
) -> str:
    # A comment must not add to the outline of the page that it stands on.
    return "<p><strong>" if tokens[i].nesting == 1 else "</strong></p>\n"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["image", "code", "lheading", "hr", "reference", "html_inline", "html_block"])
    parser.validateLink = is_allowed_link  # type: ignore[method-assign, assignment]
    parser.add_render_rule("heading_open", _strong_paragraph)
    parser.add_render_rule("heading_close", _strong_paragraph)
    return parser


_PARSER = _parser()


def render_markdown(source: str) -> str:
    """Render what a person wrote as safe HTML.

    CommonMark's paragraphs, emphasis, lists, quotations, code and links, with line breaks kept.
    Raises ValueError above MAX_SOURCE characters.
    """
    if len(source) > MAX_SOURCE:
        raise ValueError(f"at most {MAX_SOURCE} characters, not {len(source)}")
    return sanitise_comment(_PARSER.render(source)).strip()
