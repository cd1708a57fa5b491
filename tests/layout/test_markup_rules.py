"""Markup is made by templates or of `Markup` itself: where else it may be made, and why."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "consult").rglob("*.py"))

#: Where a string may be called markup (`Markup(…)` of anything but a literal).
TRUSTED = {
    "consult/text/markup.py": "the doors that all others use",
    "consult/layout/fragments.py": "what templates made, which escape",
}

#: Where text is escaped by hand.
ESCAPING = {
    "consult/text/markup.py": "quotes stay as the gates write them, which `Markup` would not do",
    "consult/importing/runs.py": "every run of every file; what is not plain is sanitised behind it",
}

#: Where tags are put together as strings.
TAGS_IN_STRINGS = {
    "consult/text/lettering.py": "addresses in plain text, which stand in such brackets",
    "consult/text/sanitising.py": "the gates themselves",
    "consult/importing/runs.py": "sanitised at the end of every import",
    "consult/importing/tables.py": "sanitised at the end of every import",
    "consult/importing/pandoc_tables.py": "cells of Markdown, whose only mark for a line is a tag",
    "consult/importing/markdown.py": "read like any page, then sanitised",
    "consult/workbench/marks.py": "HTML as it is stored, sanitised before it is",
    "consult/notifications/mail.py": "addresses and names of letters, which stand in such brackets",
    "consult/drafts/images.py": "looked for in stored HTML, and replaced there",
}

# A tag or the beginning of one, and no group of a pattern, "(?P<name>" or "(?<=".
_TAG = re.compile(r"(?<!\(\?)(?<!\(\?P)</?(?:[a-z]|$)")
_ESCAPERS = {"html", "markupsafe", "xml.sax.saxutils", "wtforms.widgets.core"}


def is_name(node: ast.expr, name: str) -> bool:
    """Say whether an expression is this name, by itself or as an attribute of a module."""
    return (isinstance(node, ast.Name) and node.id == name) or (
        isinstance(node, ast.Attribute) and node.attr == name
    )


def holds_tag(node: ast.expr) -> bool:
    """Say whether a string is written here that has a tag in it, or begins one."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(_TAG.search(node.value))
    )


def made_markup(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where markup is made of what is no literal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if is_name(node.func, "Markup") and not all(
                isinstance(arg, ast.Constant) for arg in node.args
            ):
                yield node.lineno
            # map(Markup, …) makes it as well.
            yield from (arg.lineno for arg in node.args if is_name(arg, "Markup"))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (node.lineno for name in node.names if is_renamed(name, "Markup"))
        elif isinstance(node, ast.Assign) and is_name(node.value, "Markup"):
            yield node.lineno


def is_renamed(name: ast.alias, what: str) -> bool:
    """Say whether an import gives another name to `what`."""
    return name.name == what and name.asname not in (None, what)


def escapes(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where something that escapes is imported or called by its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in _ESCAPERS:
            names = {name.name for name in node.names}
            if names & {"escape", "escape_html", "escape_silent", "quoteattr"}:
                yield node.lineno
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in ("escape", "escape_silent")
            and isinstance(node.value, ast.Name)
            and node.value.id in {"html", "markupsafe", "saxutils", "Markup"}
        ):
            yield node.lineno


def strings_with_tags(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where a string with a tag is put together with something else."""
    for node in ast.walk(tree):
        if any(map(holds_tag, put_together(node))):
            yield node.lineno  # type: ignore[attr-defined]


def put_together(node: ast.AST) -> list[ast.expr]:
    """Return the strings of which something makes another one; nothing of anything else."""
    match node:
        case ast.JoinedStr(values=parts):
            return parts
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            return [left, right]
        case ast.AugAssign(value=added):
            return [added]
        case ast.Call(func=ast.Attribute(value=text, attr="format" | "format_map" | "join")):
            return [text]
    return []


Rule = Callable[[ast.Module], Iterator[int]]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [(made_markup, TRUSTED), (escapes, ESCAPING), (strings_with_tags, TAGS_IN_STRINGS)],
)
def test_markup_is_made_where_it_may_be(rule: Rule, allowed: dict[str, str]) -> None:
    assert MODULES
    found = {}
    for file in MODULES:
        lines = list(rule(ast.parse(file.read_text(encoding="utf-8"))))
        if lines:
            found[file.relative_to(ROOT).as_posix()] = sorted(set(lines))
    assert {name: lines for name, lines in found.items() if name not in allowed} == {}
    # A module that does so no longer leaves the list.
    assert set(allowed) <= set(found)


def test_the_linter_is_silenced_nowhere_else() -> None:
    silent = {
        file.relative_to(ROOT).as_posix()
        for file in MODULES
        if "S704" in file.read_text(encoding="utf-8")
    }
    assert silent == set(TRUSTED)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (made_markup, 'Markup(f"<b>{x}</b>")'),
        (made_markup, 'Markup("<b>" + x + "</b>")'),
        (made_markup, 'markupsafe.Markup("<b>%s</b>" % x)'),
        (made_markup, "Markup(x)"),
        (made_markup, "list(map(Markup, x))"),
        (made_markup, "from markupsafe import Markup as M"),
        (made_markup, "M = Markup"),
        (escapes, "from html import escape"),
        (escapes, "from markupsafe import Markup, escape as e"),
        (escapes, "html.escape(x)"),
        (escapes, "Markup.escape(x)"),
        (strings_with_tags, 'f"<b>{x}</b>"'),
        (strings_with_tags, 'f"<{name}>"'),
        (strings_with_tags, '"<b>" + x'),
        (strings_with_tags, 'x += "</b>"'),
        (strings_with_tags, '"<b>%s</b>" % x'),
        (strings_with_tags, '"<b>{}</b>".format(x)'),
        (strings_with_tags, '"<br>".join(x)'),
    ],
)
def test_a_rule_finds_what_it_forbids(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source))) == [1]


@pytest.mark.parametrize(
    "source",
    [
        'Markup("<b>{}</b>").format(x)',
        'Markup("<b>%s</b>") % x',
        'Markup("").join(x)',
        'x += Markup("</b>")',
        "from html import unescape",
        "re.escape(x)",
        'rf"(?P<name>{x})"',
    ],
)
def test_no_rule_forbids_what_escapes(source: str) -> None:
    tree = ast.parse(source)
    assert [*made_markup(tree), *escapes(tree), *strings_with_tags(tree)] == []
