"""What is said of a file: sentences that can be translated, in any process and at any time."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from consult import importing
from consult.blocks.blocks import Finding, finding_from
from consult.blocks.messages import Message, _, message_from, ngettext
from consult.blocks.places import Place, Unit
from consult.importing import ImportRefused, limits
from consult.locale.catalogues import collect
from tests.importing.reading import draft_of

PACKAGE = Path(importing.__file__).parent


def test_messages_read_as_english_by_themselves() -> None:
    words = [ngettext("${number} word.", "${number} words.", n) for n in (0, 1, 20_000)]
    assert [str(message) for message in words] == ["0 words.", "1 word.", "20,000 words."]
    assert str(_("“${title}”", title="${title} ${number} \\1")) == "“${title} ${number} \\1”"
    where = Place(Unit.LINE, 1234)
    assert str(_("Here (${place}).", place=where.message)) == "Here (line 1234)."
    assert str(Finding(where, _("Look."))) == "line 1234: Look."
    assert str(Finding(None, _("Look."))) == "Look."
    assert [str(Place(unit, 2)) for unit in Unit] == [f"{unit} 2" for unit in Unit]


def test_messages_come_through_json_as_they_were() -> None:
    place = Place(Unit.TABLE, 3)
    message = ngettext("${number} x, ${place}", "${number} xs, ${place}", 7, place=place.message)
    for finding in (Finding(place, message), Finding(None, _("Look."))):
        assert finding_from(json.loads(json.dumps(asdict(finding)))) == finding


def test_every_sentence_is_a_message_that_translators_are_given() -> None:
    for path, call in _calls():
        name, where = ast.unparse(call.func), f"{path.relative_to(PACKAGE)}:{call.lineno}"
        values = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in ("Finding", "ImportRefused"):
            pieces = (ast.JoinedStr, ast.BinOp)
            for given in (*call.args, *values.values()):
                bare = isinstance(given, pieces) or isinstance(_text(given), str)
                assert not bare, f"{where}: give it a message"
        elif name == "Message":
            assert path.name == "messages.py", f"{where}: make it by _ or ngettext"
        elif name in ("_", "ngettext"):
            counted = {"number"} if name == "ngettext" else set()
            for given in call.args[: 1 + len(counted)]:
                text = _text(given)
                assert isinstance(text, str), f"{where}: write it in one piece"
                assert set(re.findall(r"\$\{(\w+)\}", text)) == {*values, *counted}, where


def _text(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("#A\n\n#B\n\n![](x.png)\n\n{:.x}\n\n{% raw %}\n", "x.md"),
        ("Text[^1].\n\n## Notes\n\n[^1]: Note\n", "x.md"),
        (
            "<title>A page</title><p hidden>x</p><!-- y --><nav>a b</nav><p><a href='z'>w</a>",
            "x.html",
        ),
        ("\x01A title\n\nText.\n", "x.txt"),
        (
            b"<html><p>caf\xe9 caf\xe9 caf\xe9 caf\xe9 cr\xe8me br\xfbl\xe9e d\xe9j\xe0 vu</p>",
            "x.html",
        ),
    ],
)
def test_what_is_found_is_in_the_catalogue(source: str | bytes, name: str) -> None:
    findings = draft_of(source, name).findings
    assert findings
    for finding in findings:
        _assert_is_collected(finding.message)
        if finding.place is not None:
            _assert_is_collected(finding.place.message)


@pytest.mark.parametrize("data", [b"", b"MZ\x00", b"<?xml version='1.0'?><bill/>", b"PK\x03\x04 x"])
def test_refusals_are_in_the_catalogue(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        draft_of(data, "x.docx")
    message = refused.value.message
    assert str(refused.value) == str(message)
    _assert_is_collected(message)
    assert message_from(json.loads(json.dumps(asdict(message)))) == message


@cache
def collected() -> Catalog:
    """Return what is collected from the sources, which takes seconds."""
    return collect()


def _assert_is_collected(message: Message) -> None:
    found = collected().get(message.text)
    assert found is not None, message.text
    assert found.id == ((message.text, message.plural) if message.plural else message.text)
    for value in message.values.values():
        if isinstance(value, Message):
            _assert_is_collected(value)


def test_every_format_has_half_a_minute_and_half_a_gigabyte() -> None:
    assert limits.PROCESSOR_SECONDS == 30
    # A clock on the wall runs on while a busy machine does something else.
    assert limits.WALL_SECONDS >= 8 * limits.PROCESSOR_SECONDS
    assert limits.MEMORY_BYTES == 512_000_000
