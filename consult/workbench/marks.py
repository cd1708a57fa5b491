"""The text of a paragraph as officials type it, and back into the HTML that is stored.

Most paragraphs are typed as text with Markdown's marks for emphasis and links; the few things that
Markdown has no mark for, such as the number of a note set high, keep their tags. Whatever would
not come back exactly as it was is shown as HTML instead, and so are tables. Of a picture the
caption is typed.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline

from consult.blocks.blocks import Kind
from consult.drafts.pictures import parted
from consult.i18n import _
from consult.refusal import Refused
from consult.text import markup, plain_text, sanitise_wording
from consult.text.links import is_allowed_link
from consult.text.runs import Run, runs


class Manner(StrEnum):
    """How the text of a paragraph is typed."""

    MARKS = "marks"
    CODE = "code"  # as it is, line by line
    HTML = "html"
    CAPTION = "caption"  # of a picture, with marks


# Tags that may stand between marks, with nothing in them that the sanitiser would take out: a tag
# that is not one of these is text, so that nobody's "<name>" vanishes.
_TAGS = re.compile(
    r"<sup class=\"note\">[^<>]*</sup>"
    r"|</?(?:sup|sub|em|strong|s|code)>|<br>|</(?:a|span|abbr)>"
    r"|<span(?: (?:lang|dir)=\"[A-Za-z0-9-]{1,60}\"){1,2}>"
    r"|<abbr title=\"[^\"<>]{1,200}\">"
    r"|<a href=\"(?P<href>[^\"<>]*)\"(?: rel=\"[a-z ]*\")?>"
)
_MARKED = {"strong": "**", "em": "*", "s": "~~", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_~<\[\]])")
# Signs that mark what stands between two of them; an underscore within a word marks nothing.
_SIGNS = tuple(map(re.compile, (r"\*", "`", "~~", r"(?<!\w)_|_(?!\w)")))
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_EMPTY = re.compile(r"<(em|strong|s|code|sup|sub|span|abbr|a)(?: [^<>]*)?></\1>")

# Just before the end of a stretch of emphasis, or just behind its beginning, an empty line would
# make text of the marks.
_AT_MARKS = re.compile(
    r"(?<=[^\s*~])\n[ \t]*\n\s*(?=[*~]+(?:[^\w*~]|$))"
    r"|(?:(?<=[^\w*~][*~])|(?<=[^\w*~]\*\*)|(?<=^\*\*)|(?<=^\*))\n[ \t]*\n\s*(?=[^\s*~])"
)

# Stands where a paragraph is divided while its marks are read; `clean_text` leaves none in what
# people type.
_CUT = "\u2029"
_AROUND_CUT = re.compile(rf"(?:\s|<br>)*{_CUT}(?:\s|<br>)*")


def typed(kind: Kind, html: str) -> tuple[Manner, str]:
    """Return how a stored paragraph is typed, and the text that an official finds in the field."""
    if kind is Kind.CODE:
        return Manner.CODE, unescape(html)
    picture, below = parted(kind, html)
    if kind is not Kind.TABLE:
        wanted = _spaced(" ".join(below.split("\n")))
        bare = None if _may_pair(wanted) else _marked(wanted)
        for source in (bare, _marked(wanted, _escaped), _tagged(wanted)):
            if source is not None and _divided(source) == [wanted]:
                return Manner.CAPTION if picture else Manner.MARKS, source
    return Manner.HTML, html


def parts(kind: Kind, manner: Manner, source: str) -> list[str]:
    """Return the HTML of the paragraphs that `source` says; an empty line stands between two.

    Marks that are open at an empty line go on behind it. Code, HTML and captions are never divided.
    Raises Refused where nothing to read is left, except below a picture, and where a table would not
    be one any more.
    """
    if manner is Manner.CODE:
        found = [str(markup.written(source))]
    elif manner is Manner.HTML:
        found = [sanitise_wording(source)]
        if kind is Kind.TABLE and not _is_table(found[0]):
            raise Refused(_("Keep one table, from <table> to </table>, and nothing beside it."))
    elif manner is Manner.CAPTION:
        found = ["<br>".join(_divided(source))]
    else:
        found = _divided(source)
    if kind is not Kind.FIGURE and not any(map(plain_text, found)):
        raise Refused(_("There is no text left. To take the paragraph out, drop it."), "text")
    return found


def _is_table(html: str) -> bool:
    return html.startswith("<table>") and html.endswith("</table>") and html.count("<table") == 1


def _divided(source: str) -> list[str]:
    source = _EMPTY_LINE.sub(f"\n{_CUT}\n", _AT_MARKS.sub(_CUT, source))
    html = str(_PARSER.renderer.render(_PARSER.parseInline(source), _PARSER.options, {}))
    html = _AROUND_CUT.sub(_CUT, html)
    if _CUT not in html:
        return [_safe(html)]
    pieces, written, opened = [], list[str](), list[Run]()
    for run in runs(html):
        if run.name:
            _follow(run, opened)
            written.append(run.html)
            continue
        first, *others = run.html.split(_CUT)
        written.append(first)
        for other in others:
            pieces.append("".join([*written, *(f"</{tag.name}>" for tag in reversed(opened))]))
            written = [*(tag.html for tag in opened), other]
    pieces.append("".join(written))
    return [piece for piece in map(_safe, map(_without_empty, pieces)) if plain_text(piece)]


def _may_pair(html: str) -> bool:
    """Say whether the author's own signs could become marks, here or once a paragraph is divided.

    "1 * 2*3" is safe only while there is a blank on both sides of the first one.
    """
    text = "".join(run.html for run in runs(html) if not run.name)
    return any(len(pattern.findall(text)) > 1 for pattern in _SIGNS)


def _follow(tag: Run, opened: list[Run]) -> None:
    """Keep the list of open tags, the outermost first."""
    if not tag.name.startswith("/"):
        # The call of a note is whole.
        opened += [tag] if tag.name != "br" and not tag.html.endswith("</sup>") else []
        return
    for place in range(len(opened) - 1, -1, -1):
        if opened[place].name == tag.name[1:]:
            del opened[place]
            return


def _without_empty(html: str) -> str:
    """Drop elements that a cut has left with nothing in them."""
    before = ""
    while before != html:
        before, html = html, _EMPTY.sub("", html)
    return html


def _safe(html: str) -> str:
    safe = sanitise_wording(html)
    if "<p>" in safe:
        # Nested too deeply to be sanitised as it is: the words are what matters.
        safe = str(markup.written(plain_text(html)))
    return _spaced(safe)


def _spaced(html: str) -> str:
    """Write no-break spaces as imports do."""
    return html.replace("&nbsp;", "\xa0")


def _bare(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marked(html: str, write: Callable[[str], str] = _bare) -> str | None:
    """Write HTML with marks; None where it holds what goes into no field of text."""
    written, links = [], list[str]()
    for run in runs(html):
        if not run.name:
            written.append(write(run.text))
            continue
        name = run.name.removeprefix("/")
        tag = _TAGS.fullmatch(run.html)
        if tag is None:
            return None
        if name == "br":
            written.append("\n")
        elif name == "a":
            if tag["href"] is not None:
                links.append(unescape(tag["href"]))
            written.append("[" if tag["href"] is not None else f"]({links.pop()})" if links else "")
        else:
            written.append(_MARKED.get(name, run.html))
    return "".join(written)


def _tagged(html: str) -> str | None:
    """Write HTML with its tags as they are and everything else as text."""
    found = runs(html)
    if not all(_TAGS.fullmatch(run.html) for run in found if run.name):
        return None
    return "".join(run.html if run.name else _escaped(run.text) for run in found)


def _tag_rule(state: StateInline, silent: bool) -> bool:
    match = _TAGS.match(state.src, state.pos)
    if match is None or (match["href"] and not is_allowed_link(unescape(match["href"]))):
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def _break(_renderer: RendererHTML, *_rest: object) -> str:
    return "<br>"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.disable(["image", "autolink", "entity"]).enable("strikethrough")
    parser.inline.ruler.at("html_inline", _tag_rule)
    parser.validateLink = is_allowed_link  # type: ignore[method-assign, assignment]
    for rule in ("softbreak", "hardbreak"):
        parser.add_render_rule(rule, _break)
    # The rules are put in order at first use, which two threads must not do at the same time.
    parser.parseInline("*warm*")
    return parser


_PARSER = _parser()
