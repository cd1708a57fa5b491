"""The equations of fields EQ (ISO/IEC 29500-1, 17.16.5.18) on one line."""

import re

from consult.importing import equations

_OPTION = re.compile(
    r"\\(?:(bc|lc|rc|fc|vc)\\(.)|(up|do|ai|di|su|pr|in|al|ac|ar|[a-z]{2})-?\d*)\s*", re.I
)
_COMMAND = re.compile(r"\\\s*([a-z])\s*", re.I)


class _Unread(Exception):
    """What is not an equation that can be told on one line."""


def equation(code: str) -> str:
    """What the instruction shows; "" where that cannot be told."""
    try:
        text, rest = _text(re.sub(r"^\s*EQ\b\s*", "", code, flags=re.I), "")
    except (_Unread, RecursionError):
        return ""
    return "" if rest else text.strip()


def _text(code: str, ends: str) -> tuple[str, str]:
    """What is shown up to one of the signs that end it, and the rest from there."""
    shown = ""
    while code and code[0] not in ends:
        if code[0] != "\\":
            plain = re.match(r"[^\\(),;]+", code)
            taken = plain[0] if plain else code[0]
            shown, code = shown + taken, code[len(taken) :]
        elif code[1:2] in tuple("\\(),;"):
            shown, code = shown + code[1], code[2:]
        else:
            made, code = _element(code)
            shown += made
    return shown, code


def _element(code: str) -> tuple[str, str]:
    command = _COMMAND.match(code)
    if command is None:
        raise _Unread
    code, options = code[command.end() :], {}
    while (option := _OPTION.match(code)) is not None:
        options[(option[1] or option[3]).lower()] = option[2] or ""
        code = code[option.end() :]
    if not code.startswith("("):
        raise _Unread
    arguments, code = [], code
    while code[:1] in ("(", ",", ";"):
        argument, code = _text(code[1:], ",;)")
        arguments.append(argument.strip())
    if not code.startswith(")"):
        raise _Unread
    return _made(command[1].lower(), options, arguments), code[1:]


def _made(command: str, options: dict[str, str], arguments: list[str]) -> str:
    first = arguments[0]
    if command == "f" and len(arguments) == 2:
        return equations.fraction(*arguments)
    if command == "r" and len(arguments) <= 2:
        return equations.root(arguments[-1], first if len(arguments) == 2 else "")
    if command == "s" and len(arguments) == 1 and options.keys() <= {"up", "do"}:
        return equations.indexed("", first) if "do" in options else equations.power("", first)
    if command == "b" and len(arguments) == 1:
        both = options.get("bc", "(")
        closing = {"(": ")", "[": "]", "{": "}", "<": ">"}.get(both, both)
        return f"{options.get('lc', both)}{first}{options.get('rc', closing)}"
    if command in ("l", "x") and not (command == "x" and len(arguments) > 1):
        return ", ".join(arguments)
    raise _Unread
