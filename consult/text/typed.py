"""Rules by which Markdown leaves alone what people typed without meaning Markdown.

Somebody who answers questions 1, 3 and 7 must not be read as answering 1, 2 and 3, and 5*3*2 is
not 532. Where a mark is dropped, moved or counted anew by CommonMark and the words then say
something else, it stays as text; what can only be meant as Markdown works as CommonMark has it.
"""

import re
import unicodedata
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]

# Tokens within one another, of the twenty below which the parser drops what stands there.
_DEEPEST = 14

# "# 1 priority", "C #" and an empty "#" say number, a language and nothing; "# Heading" is one.
_HEADING = re.compile(r"#{1,6}[ \t]+[^\s\d#](?:.*[^\s#])?\s*")

# A language after the marks is not shown; words that stand there would be lost with it.
_FENCE = re.compile(r"`{3,}[ \t]*[a-zA-Z0-9+#._-]{0,16}[ \t]*")

# More than, not a quotation: ">50" and ">= 50" always, "> 50" where no further line is quoted.
_MORE_THAN = re.compile(r">[=\d.,+\-−~≈$£€¥]")
_AMOUNT = re.compile(r">[ \t]+\d")

# Scripts in which words stand beside one another without spaces, or carry endings that are
# written on: Thai to Tibetan and Burmese, Khmer, Chinese, Japanese and Korean with their
# punctuation.
_RUNNING_ON = re.compile(
    "[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffee\U00016fe0-\U0003ffff]"
)

# What a factor may end with that is neither letter nor digit; closing brackets are found by kind.
_AFTER_FACTORS = frozenset("%‰°′″")

# Marks that a backslash keeps from their work anywhere, and those that work at the start of a line.
_ESCAPED = frozenset("*_`[]")
_ESCAPED_AT_START = frozenset("#>+-")
_NUMBER = re.compile(r"\d{1,9}")


def keep_as_typed(parser: MarkdownIt) -> None:
    """Teach a parser with CommonMark's rules the ones of this module."""
    block, inline = parser.block.ruler, parser.inline.ruler
    # What each may interrupt, as in CommonMark.
    texts: RuleOptionsType = {"alt": ["paragraph", "blockquote"]}
    texts_and_lists: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    block.at("fence", _where(_is_fence, fence), texts_and_lists)
    block.at("blockquote", _where(_is_quotation, blockquote), texts_and_lists)
    block.at("list", _where(_is_list, list_block), texts)
    block.at("heading", _where(_is_heading, heading), texts)
    block.before("paragraph", "unquoted", _end_quotation, {"alt": ["blockquote"]})
    inline.at("emphasis", _emphasis)
    inline.at("escape", _escape)
    inline.at("backticks", _code)
    # "&lt;" stays what it is; the browser is told so.
    inline.disable("entity")
    parser.core.ruler.push("marks", _write_marks)


def _where(may: Callable[[StateBlock, int, int], bool], rule: BlockRule) -> BlockRule:
    """Return a block rule that works only in lines of which `may` says so."""

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return may(state, start, end) and rule(state, start, end, silent)

    return guarded


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _is_fence(state: StateBlock, start: int, end: int) -> bool:
    return _FENCE.fullmatch(_line(state, start)) is not None


def _is_heading(state: StateBlock, start: int, end: int) -> bool:
    return _HEADING.fullmatch(_line(state, start)) is not None


def _is_quotation(state: StateBlock, start: int, end: int) -> bool:
    line = _line(state, start)
    if state.level >= _DEEPEST or _MORE_THAN.match(line):
        return False
    if not _AMOUNT.match(line):
        return True
    return start + 1 < end and _line(state, start + 1).startswith(">")


def _is_list(state: StateBlock, start: int, end: int) -> bool:
    # What stands before on the line is the mark of a list around this one: "1. 3. 7." and
    # "12. 5. 2026" are no lists within lists.
    before = state.src[state.bMarks[start] : state.bMarks[start] + state.tShift[start]]
    return state.level < _DEEPEST and not before.strip(" \t")


def _end_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a quotation at the first line without its mark, where people begin to say their own."""
    return silent and state.parentType == "blockquote"


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Find marks of emphasis; unlike CommonMark's none begin or end within a word or a product."""
    if silent or state.src[state.pos] not in "*_":
        return False
    start, marker = state.pos, state.src[state.pos]
    end = start
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before, after = (
        state.src[max(start - 2, 0) : start],
        state.src[end : min(end + 2, state.posMax)],
    )
    product = before.strip(" ")[-1:].isdecimal() and after.strip(" ")[:1].isdecimal()
    opens = not product and not (after[:1] or " ").isspace() and _may_open_after(before[-1:])
    closes = not product and not (before[-1:] or " ").isspace() and not _in_word(after[:1])
    for _each in range(end - start):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _in_word(character: str) -> bool:
    """Say whether emphasis cannot begin after or end before a character, "" being none."""
    if not character.isalnum():
        return False
    return character.isdecimal() or not _RUNNING_ON.match(character)


def _may_open_after(character: str) -> bool:
    if not character or _RUNNING_ON.match(character):
        return not character.isdecimal()
    # A closing bracket or a currency's sign ends a factor, and a star after it multiplies.
    factor = character in _AFTER_FACTORS or unicodedata.category(character) in {"Pe", "Sc"}
    return not factor and not _in_word(character)


def _code(state: StateInline, silent: bool) -> bool:
    """Find code; a backtick on a number or a word stands for minutes, feet or an accent."""
    start = end = state.pos
    if state.src[start] != "`" or not _in_word(state.src[start - 1 : start]):
        return backtick(state, silent)
    while end < state.posMax and state.src[end] == "`":
        end += 1
    if not silent:
        state.append_pending(state.src[start:end])
    state.pos = end
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    """Drop a backslash where it keeps a mark from its work, and nowhere else: not in C:\\new."""
    start = state.pos
    if state.src[start] != "\\" or start + 1 >= state.posMax:
        return False
    mark = state.src[start + 1]
    begin = state.src.rfind("\n", 0, start) + 1
    line = state.src[begin : min(start, begin + 10)]
    meant = (
        mark in _ESCAPED
        or (mark in _ESCAPED_AT_START and not line)
        or (mark in ".)" and _NUMBER.fullmatch(line))
    )
    if not meant:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = mark, f"\\{mark}", "escape"
    state.pos = start + 2
    return True


def _write_marks(state: StateCore) -> None:
    """Write the mark of each list item as it was typed into the item's words.

    The list is then one without marks of its own, so that nothing counts, and excerpts, letters
    and whoever copies the words have the numbers too.
    """
    tokens: list[Token] = []
    for place, token in enumerate(state.tokens):
        tokens.append(token)
        if token.type in {"ordered_list_open", "ordered_list_close"}:
            token.tag, token.attrs = "ul", {}
        elif token.type == "list_item_open":
            mark = Token("text", "", 0, content=f"{token.info}{token.markup}")
            first = state.tokens[place + 1]
            if first.type != "list_item_close":
                mark.content += " "
            if first.type in {"paragraph_open", "heading_open"}:
                words = state.tokens[place + 2]
                words.children = [mark, *(words.children or [])]
            else:
                level = token.level + 1
                tokens.append(Token("inline", "", 0, level=level, children=[mark]))
    state.tokens = tokens
