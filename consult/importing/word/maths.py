"""Equations of a Word file (Office Math Markup, ISO/IEC 29500-1, 22.1) on one line."""

from consult.importing import equations
from consult.importing.equations import Equation
from consult.importing.symbols import shown
from consult.importing.word.names import MATHS, Element, local_name, value

_DELETED = frozenset({"del", "moveFrom"})


def equation(element: Element) -> Equation:
    """What an element oMath or oMathPara shows."""
    bare = "".join(_leaf(e) for e in element.iter() if local_name(e) in ("t", "sym"))
    try:
        text = _inside(element)
    except RecursionError:  # Deeper than anybody writes: the words alone, which the report tells.
        return Equation(bare, plain=False)
    return Equation(text.replace("\n", "; "), plain=equations.settled(text) == bare)


def _inside(element: Element | None) -> str:
    """What the parts of an element show, one behind the other."""
    if element is None:
        return ""
    return "".join([_shown(child) for child in element if isinstance(child.tag, str)])


def _shown(element: Element) -> str:
    name = local_name(element)
    if name in ("t", "sym"):
        return _leaf(element)
    if name in _DELETED or name.endswith("Pr"):
        return ""
    if name in ("br", "cr"):
        return "\n"
    made = _FORMS.get(name)
    return made(element) if made else _inside(element)


def _leaf(element: Element) -> str:
    if local_name(element) == "t":
        return element.text or ""
    code = value(element, "char")
    return shown(int(code, 16), value(element, "font"))[0] if code.isalnum() else ""


def _part(element: Element, name: str) -> str:
    return _inside(element.find(f"{{{MATHS}}}{name}"))


def _stated(element: Element, name: str, otherwise: str) -> str:
    """A property; otherwise where it is not stated. It may be stated to be nothing."""
    found = element.find(f"{{{MATHS}}}{local_name(element)}Pr/{{{MATHS}}}{name}")
    return otherwise if found is None else str(found.get(f"{{{MATHS}}}val") or "")


def _fraction(element: Element) -> str:
    made = equations.stacked if _stated(element, "type", "bar") == "noBar" else equations.fraction
    return made(_part(element, "num"), _part(element, "den"))


def _scripts(element: Element) -> str:
    """Raised, lowered, or both; before the base, as of isotopes, they come first."""
    base, above, below = (_part(element, name) for name in ("e", "sup", "sub"))
    if local_name(element) == "sPre":
        return equations.power(equations.indexed("", below), above) + base
    base = base if len(base) < 2 else equations.grouped(base)
    return equations.power(equations.indexed(base, below), above)


def _root(element: Element) -> str:
    degree = "" if _stated(element, "degHide", "0") in ("1", "on", "true", "") else "deg"
    return equations.root(_part(element, "e"), _part(element, "deg") if degree else "")


def _delimited(element: Element) -> str:
    parts = [_inside(child) for child in element.findall(f"{{{MATHS}}}e")]
    opening, closing = _stated(element, "begChr", "("), _stated(element, "endChr", ")")
    return equations.delimited(opening, parts, _stated(element, "sepChr", "|"), closing)


def _operator(element: Element) -> str:
    sign = _stated(element, "chr", "∫")
    limits = equations.power(equations.indexed(sign, _part(element, "sub")), _part(element, "sup"))
    return f"{limits} {_part(element, 'e')}"


def _limited(element: Element) -> str:
    name = "lim"
    made = equations.indexed if local_name(element) == "limLow" else equations.power
    return made(_part(element, "e"), _part(element, name))


def _accented(element: Element) -> str:
    base = _part(element, "e")
    sign = _stated(element, "chr", "\u0302")
    return base + sign if len(base) == 1 else f"({base}){sign}"


def _barred(element: Element) -> str:
    base = _part(element, "e")
    sign = "\u0304" if _stated(element, "pos", "bot") == "top" else "\u0332"
    return base + sign if len(base) == 1 else f"({base}){sign}"


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _matrix(element: Element) -> str:
    rows = element.findall(f"{{{MATHS}}}mr")
    cells = [[_inside(cell) for cell in row.findall(f"{{{MATHS}}}e")] for row in rows]
    return equations.grid(cells)


def _lines(element: Element) -> str:
    return equations.grid([[_inside(line)] for line in element.findall(f"{{{MATHS}}}e")])


_FORMS = {
    "f": _fraction,
    **dict.fromkeys(("sSup", "sSub", "sSubSup", "sPre"), _scripts),
    "rad": _root,
    "d": _delimited,
    "nary": _operator,
    **dict.fromkeys(("limLow", "limUpp"), _limited),
    "acc": _accented,
    "bar": _barred,
    "func": _function,
    "m": _matrix,
    "eqArr": _lines,
}
