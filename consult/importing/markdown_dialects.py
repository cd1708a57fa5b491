"""What people write in Markdown that CommonMark does not know, made into what it knows."""

import re
from dataclasses import dataclass, field

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message, ngettext
from consult.blocks.places import Place, Unit
from consult.importing.pandoc_tables import draw_with_bars
from consult.importing.series import Series
from consult.importing.tally import Tally

_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})(?=[^#\s])")
_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$|(?<=\S)[ \t]*\{:[^{}\n]*\}[ \t]*$")
_PANDOC_ATTRIBUTES = re.compile(r"^(#{1,6}[ \t].*?)[ \t]*\{[#.][^{}\n]*\}[ \t]*$")
_DIRECTIVE = re.compile(r"\{%.*?%\}|\{\{[^{}\n]*\}\}")
_CONTENTS = re.compile(
    r"^[ \t]*(?:\[\[?_?TOC_?\]?\]|\[toc\]|\{:toc\}|<!--\s*toc\s*-->)[ \t]*$", re.I
)
# What pandoc makes of a page's call of a note: "[^9^](#fn9){#fnref9 .footnoteRef}".
_NOTE_LINK = re.compile(r"\[\^(\w{1,9})\^\]\(#fn:?\1\)(?:\{#fnref[^{}]*\})?")
_MARKER = re.compile(
    r"^([ \t]*)(\(?(?:[A-Za-z]|[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,3})[.)])([ \t]+)(?=\S)"
)
_DOTTED = re.compile(r"^[ ]{0,3}(?:\*\*|__)?\d{1,3}(?:\.\d{1,3})+[.)]?(?:\*\*|__)?[ \t]+[^\W\d_]")


@dataclass(slots=True)
class Source:
    """lines: for the parser. origins: for each of them, its number in the file, from 1.

    labels: by place in `lines`, how an item was numbered that the parser will see as "1.".
    """

    lines: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)

    def add(self, line: str, origin: int) -> None:
        self.lines.append(line)
        self.origins.append(origin)


def prepare(text: str, findings: list[Finding], skipped: int) -> Source:
    """Markdown that a CommonMark parser reads as its author meant it.

    skipped: how many lines of the file stand before the text.
    """
    source = Source()
    tally = Tally()
    fence = ""
    series = Series()
    lines = _NOTE_LINK.sub(_called, text).split("\n")
    number = 0
    while number < len(lines):
        line, origin = lines[number], skipped + number + 1
        number += 1
        opened = _FENCE.match(line)
        if opened:
            fence = "" if fence and opened[1].startswith(fence) else fence or opened[1]
        elif not fence:
            table = draw_with_bars(lines, number - 1)
            if table is not None:
                number += table[1] - 1
                for row in ["", *table[0], ""]:
                    source.add(row, origin)
                continue
            line = _numbered(_plain(line, origin, tally), source, series, origin)
        source.add(line, origin)
    findings += tally.findings()
    return source


def _called(link: re.Match[str]) -> str:
    """The call of a note as authors write it, with the line break that was in it."""
    return f"[^{link[1]}]" + "\n" * link[0].count("\n")


def _plain(line: str, origin: int, tally: Tally) -> str:
    """A line without attributes and directives of site generators."""
    line, attributes = _ATTRIBUTES.subn("", line)
    line, more = _PANDOC_ATTRIBUTES.subn(r"\1", line)
    line, directives = _DIRECTIVE.subn("", line)
    if _CONTENTS.match(line):
        line, directives = "", directives + 1
    line, headings = _HEADING.subn(r"\1 ", line)
    if attributes or more or directives or headings:
        tally.place = Place(Unit.LINE, origin)
        tally.count(_headings_without_blank, headings)
        tally.count(_attributes, attributes + more)
        tally.count(_directives, directives)
    return line


def _numbered(line: str, source: Source, series: Series, origin: int) -> str:
    """A line whose marker "a." or "(iv)" is a number that the parser takes for a list's."""
    previous = source.lines[-1] if source.lines else ""
    match = _MARKER.match(line)
    if not match:
        if line.strip() and not line[0].isspace() and not previous.strip():
            series.end()
        if _DOTTED.match(line) and _DOTTED.match(previous):
            # "1.1 ..." and "1.2 ..." on two lines are two paragraphs, whatever Markdown says.
            source.add("", origin)
        return line
    marker, gap = match[2], match[3].expandtabs(4)
    if re.fullmatch(r"[A-Z]\.", marker) and len(gap) < 2:
        # As pandoc has it: "A. Smith" is a person, "A.  Smith" an item.
        return line
    value = series.take(marker, len(match[1].expandtabs(4)), previous)
    if value is None or marker[0].isdigit():
        return line
    source.labels[len(source.lines)] = marker
    text = f"{value}{marker[-1]}"
    return f"{match[1]}{text}{' ' * max(1, len(marker + gap) - len(text))}{line[match.end() :]}"


def _headings_without_blank(number: int) -> Message:
    return ngettext(
        "${number} line without a blank behind “#” was read as a heading.",
        "${number} lines without a blank behind “#” were read as headings.",
        number,
    )


def _attributes(number: int) -> Message:
    return ngettext(
        "${number} setting in braces, such as {: .class}, was left out.",
        "${number} settings in braces, such as {: .class}, were left out.",
        number,
    )


def _directives(number: int) -> Message:
    return ngettext(
        "${number} instruction to a site generator was left out.",
        "${number} instructions to a site generator were left out.",
        number,
    )
