"""The marks of text in a Word file."""

from dataclasses import replace

from consult.importing.runs import Run
from consult.importing.word.names import Element, child_value, is_on, w
from consult.importing.word.styles import Styles


def marked(properties: Element | None, ink: Run, styles: Styles) -> Run:
    """The run (without text) that text with these properties belongs to."""
    if properties is None:
        return ink
    style = child_value(properties, "rStyle")
    marks = set(ink.marks)
    for switch, mark in (("b", "strong"), ("i", "em"), ("strike", "s"), ("dstrike", "s")):
        state = is_on(properties.find(w(switch)))
        if state or (state is None and style and styles.run_switch(style, switch)):
            marks.add(mark)
    raised = child_value(properties, "vertAlign")
    if raised in ("superscript", "subscript"):
        marks.add("sup" if raised == "superscript" else "sub")
    return replace(ink, marks=frozenset(marks))
