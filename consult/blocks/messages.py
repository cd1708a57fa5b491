"""Sentences that are translated where they are shown, not where they are made.

Files are read in a process without the web framework and its catalogues (see `child`), and what was
found is kept and read again in any language. So a sentence travels in English, with what stands in
it beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Value: TypeAlias = "str | int | Message"

_NAME = re.compile(r"\$\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A whole sentence, or a phrase that stands in one by itself; `str()` gives it in English.

    text: with `${name}` where one of the `values` belongs. An int among them is a quantity, which
    every language writes in its own way; a number that is a name, such as that of a line, is a str.
    plural: what to say instead of text where `number` is not one; empty where nothing is counted.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str = ""
    number: int = 1

    def counting(self, number: int) -> "Message":
        """The same of another number of things; itself where nothing is counted."""
        if not self.plural:
            return self
        return Message(self.text, {**self.values, "number": number}, self.plural, number)

    def __str__(self) -> str:
        text = self.plural if self.plural and self.number != 1 else self.text
        return _NAME.sub(lambda name: _written(self.values[name[1]]), text)


def _(text: str, /, **values: Value) -> Message:
    """A message; `make messages` finds what it says by the name of this function."""
    return Message(text, values)


def ngettext(one: str, several: str, number: int, /, **values: Value) -> Message:
    """A message that says `${number}` of something; found as those of `_` are."""
    return Message(one, {"number": number, **values}, several, number)


def message_from(stored: Mapping[str, Any]) -> Message:
    """The message of which `dataclasses.asdict` made `stored`."""
    values = {
        name: message_from(value) if isinstance(value, Mapping) else value
        for name, value in stored["values"].items()
    }
    return Message(stored["text"], values, stored["plural"], stored["number"])


def _written(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
