"""Equations in MathML (W3C MathML 3.0), which other formats hold, on one line."""

from consult.importing import equations
from consult.importing.equations import Equation
from consult.importing.trees import Element, all_text, local_name

_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
# What says how an equation was typed, or is not seen.
_UNSEEN = frozenset(
    {"annotation", "annotation-xml", "mphantom", "malignmark", "maligngroup", "none"}
)
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


def equation(element: Element) -> Equation:
    """What an element math shows."""
    try:
        text = " ".join(_inside(element).split())
    except RecursionError:  # Deeper than anybody writes: the words alone, which the report tells.
        return Equation(" ".join(all_text(element).split()), plain=False)
    bare = "".join(_leaf(e) for e in element.iter() if name_of(e) in _LEAVES)
    return Equation(text, plain=equations.settled(text).replace(" ", "") == bare.replace(" ", ""))


def name_of(element: Element) -> str:
    """The name of an element; pages parsed as HTML keep prefixes in it, such as "m:math"."""
    return local_name(element).rpartition(":")[2].lower()


def _parts(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and _is_seen(child)]


def _is_seen(element: Element) -> bool:
    return name_of(element) not in _UNSEEN


def _inside(element: Element) -> str:
    """What the parts of an element show."""
    parts = _parts(element)
    if parts:
        return _joined([_shown(part) for part in parts])
    return " ".join(all_text(element).split())


def _joined(shown: list[str]) -> str:
    """One thing behind the other; letters and words are set apart by a blank."""
    joined = ""
    for text in shown:
        apart = joined[-1:].isalnum() and text[:1].isalnum()
        joined += f" {text}" if apart else text
    return joined


def _shown(element: Element) -> str:
    name = name_of(element)
    if name in _LEAVES:
        return _leaf(element)
    parts = _parts(element)
    made = _FORMS.get(name)
    return made(element, [_shown(part) for part in parts]) if made else _inside(element)


def _leaf(element: Element) -> str:
    text = " ".join(all_text(element).split()).translate(_INVISIBLE)
    return f"“{text}”" if name_of(element) == "ms" else text


def _get(parts: list[str], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _fraction(element: Element, parts: list[str]) -> str:
    thickness = str(element.get("linethickness") or "").strip()
    made = equations.stacked if thickness.startswith("0") else equations.fraction
    return made(_get(parts, 0), _get(parts, 1))


def _scripts(element: Element, parts: list[str]) -> str:
    name = name_of(element)
    base = _get(parts, 0)
    base = base if len(base) < 2 else equations.grouped(base)
    above = _get(parts, 2 if name in ("msubsup", "munderover") else 1)
    if name in ("msub", "munder"):
        return equations.indexed(base, _get(parts, 1))
    if name in ("msup", "mover"):
        return equations.power(base, above)
    return equations.power(equations.indexed(base, _get(parts, 1)), above)


def _root(element: Element, parts: list[str]) -> str:
    if name_of(element) == "mroot":
        return equations.root(_get(parts, 0), _get(parts, 1))
    return equations.root(_joined(parts), "")


def _fenced(element: Element, parts: list[str]) -> str:
    opening, closing = str(element.get("open", "(")), str(element.get("close", ")"))
    return equations.delimited(opening, parts, str(element.get("separators", ","))[:1], closing)


def _table(element: Element, parts: list[str]) -> str:
    return equations.grid([[part] for part in parts])


def _row(element: Element, parts: list[str]) -> str:
    return ", ".join(parts)


_FORMS = {
    "mfrac": _fraction,
    **dict.fromkeys(("msup", "msub", "msubsup", "mover", "munder", "munderover"), _scripts),
    **dict.fromkeys(("msqrt", "mroot"), _root),
    "mfenced": _fenced,
    "mtable": _table,
    "mtr": _row,
}
