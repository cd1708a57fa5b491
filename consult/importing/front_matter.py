"""The head of a Markdown file that site generators read: title, language, and the rest."""

import re
from dataclasses import dataclass

from consult.blocks.blocks import Finding
from consult.blocks.messages import _
from consult.blocks.places import Place, Unit

_YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_PANDOC = re.compile(r"\A%[ ]([^\n]+)\n((?:%[^\n]*\n){0,2})")
_ENTRY = re.compile(r"^([A-Za-z][\w -]{0,60})[ \t]*[:=](?:[ \t]+(.*)|[ \t]*)$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    title: str = ""
    language: str | None = None


def split_front_matter(text: str, findings: list[Finding]) -> tuple[FrontMatter, str, int]:
    """What the head says, the text below it, and how many lines the head takes up.

    A line across the page at the top of a file, with prose behind it, is not a head.
    """
    match = _PANDOC.match(text)
    if match:
        lines = match[0].count("\n")
        return FrontMatter(title=match[1].strip()), text[match.end() :], lines
    match = _YAML.match(text) or _TOML.match(text)
    if not match or not _is_data(match[1]):
        return FrontMatter(), text, 0
    entries = _entries(match[1])
    language = entries.get("lang") or entries.get("language") or entries.get("locale") or ""
    front = FrontMatter(
        title=entries.get("title", ""),
        language=language if _LANGUAGE.fullmatch(language) else None,
    )
    others = sorted(set(entries) - {"title", "lang", "language", "locale"})
    if others:
        message = _(
            "Settings before the text were left out: ${names}.", names=", ".join(others)[:300]
        )
        findings.append(Finding(Place(Unit.LINE, 1), message, unseen=True))
    return front, text[match.end() :], match[0].count("\n")


def _is_data(head: str) -> bool:
    """Whether every line that is not indented could belong to settings."""
    lines = [line for line in head.split("\n") if line.strip() and not line[0].isspace()]
    return bool(lines) and all(_ENTRY.match(line) or line[0] in "-#[{]}" for line in lines)


def _entries(head: str) -> dict[str, str]:
    """The settings of the outermost level, as text; a folded text is joined to one line."""
    entries: dict[str, str] = {}
    name = ""
    for line in head.split("\n"):
        match = _ENTRY.match(line)
        if match:
            name = match[1].strip().lower()
            value = (match[2] or "").strip()
            entries[name] = "" if value in ("|", ">", "|-", ">-") else _unquoted(value)
        elif name and line[:1].isspace() and line.strip() and not line.lstrip().startswith("- "):
            entries[name] = f"{entries[name]} {line.strip()}".strip()
    return entries


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return re.sub(r"\s+#.*$", "", value)
