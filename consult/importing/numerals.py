"""Numbers as lists write them: 4, iv, d, fourth and so on."""

from collections.abc import Callable

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CHINESE = "零一二三四五六七八九"
_SIGNS = "*†‡§"

# Above these a number is written in digits: roman and letters have no end to their length.
_MOST_ROMAN = 4999
_MOST_LETTERS = 780


def roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    written = ""
    for value, digits in _ROMAN:
        times, number = divmod(number, value)
        written += digits * times
    return written


def letters(number: int) -> str:
    """a to z, then aa, ab (as HTML counts)."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("a") + place) + written
    return written


def doubled_letters(number: int) -> str:
    """a to z, then aa, bb (as Word counts; ECMA-376 part 1, 17.18.59)."""
    return _repeated("abcdefghijklmnopqrstuvwxyz", number)


def _repeated(alphabet: str, number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def cardinal_text(number: int) -> str:
    """One, Two ... Ninety-nine; digits above."""
    if not 0 <= number < 100:
        return str(number)
    return _words(number).capitalize()


def ordinal_text(number: int) -> str:
    """First, Second ... Ninety-ninth; digits above."""
    if not 0 < number < 100:
        return ordinal(number)
    *before, last = _words(number).split("-")
    if last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last = _ORDINALS.get(last, last.rstrip("t") + "th" if last == "eight" else last + "th")
    return "-".join([*before, last]).capitalize()


def _words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def chinese(number: int) -> str:
    """一 to 九十九; digits above."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if not tens else ("" if tens == 1 else _CHINESE[tens]) + "十"
    return before + (_CHINESE[ones] if ones else "")


def in_alphabet(name: str) -> Callable[[int], str]:
    """Counting by repeated letters of an alphabet that is not Latin."""
    alphabet = {
        "greek": _GREEK,
        "russian": _RUSSIAN,
        "hebrew": _HEBREW,
        "arabic": _ARABIC,
        "abjad": _ABJAD,
        "signs": _SIGNS,
    }[name]
    return lambda number: _repeated(alphabet, number)
