"""What a single character can be read as by somebody who looks at it, in small Latin letters.

Unicode's table of confusables (TS 39) knows characters that are nearly the same. People also write
names in small capitals, phonetic letters, turned letters, digits and symbols, which look different
and are read all the same: those follow from the characters' names, and a small table of our own.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

from confusable_homoglyphs import categories
from confusable_homoglyphs.confusables import confusables_data

# The first reading is the one that stands for the character where a name is stored. A digit or sign
# whose first reading is not a letter is read as one only in a name that somebody asks for.
_OURS: dict[str, tuple[str, ...]] = {
    character: tuple(readings.split("/"))
    for line in """
        0 o   1 l   2 2/z   3 e   4 a   5 s   6 6/b/g   7 t   8 8/b   9 9/g/q
        @ a   $ s   € e   £ l/e   ¥ y   ¢ c   ! /l   ¡ /l   | l/   ¦ l/   + /t   † t   ‡ t   § s
        ∂ d/a   ∩ n   ∪ u   ∨ v   ∧ a   ∈ e   ∊ e   ∃ e   ∀ a/v   ∅ o   ∘ o   × x   ∑ e   ∆ a
        √ v   ∫ s/l   ∞ oo   ⊂ c   ⊃ d   ∇ v   ∏ n   ∐ u   ⊥ t   ⊤ t   ⌈ r   ℮ e
        I l   ß b/ss   ẞ b/ss   ſ s/f   ʃ s/f/l   Ʃ e/s   ʍ m/w   Ɯ w/m   ɯ w/m   Ʌ a   ʌ v/a
        ɣ y   ʊ u/o   Ʊ u/o   ɷ w/o   ʒ e/z   Ʒ e/z   ȝ e/z   Ȝ e/z   ƨ s   Ƨ s   ƽ s   Ƽ s   ƅ b
        Ƅ b   ɰ w/m   ʄ f/j   ɟ f/j   ƃ b/g   ƿ p   þ p   Þ p   ƛ a   ə e   ɘ e   Ə e   Ǝ e   ǝ e
        ĸ k   ɸ o   ɤ y   ɮ l   ʔ p/e
        ð d/o   Ð d   ŋ n   ɧ h   ɥ h/y   ʎ y   ɹ r   ɐ a   ᴉ l   ꞓ c   ǃ l   ǂ t   ʘ o   ʗ c
        α a   β b   γ y   δ d/o   ε e   ζ z   η n   θ o   ι l   κ k   λ a/l   μ u/m   ν v   ξ e
        ο o   π n   ρ p   σ o   ς c/s   τ t   υ u/v   φ o   χ x   ψ w/u   ω w
        Α a   Β b   Γ r   Δ a   Ε e   Ζ z   Η h   Θ o   Ι l   Κ k   Λ a   Μ m   Ν n   Ξ e   Ο o
        Π n   Ρ p   Σ e/s   Τ t   Υ y   Φ o   Χ x   Ψ w   Ω o
        а a   б b   в b   г r   д d/a   е e   є e   ж x   з e   и n/u   і l   ї l   ј j   к k   л n/a
        м m   н h   о o   п n   р p   с c   т t   у y   ф o   х x   ц u   ч y   ш w   щ w   ъ b
        ы bl   ь b   э e   ю lo   я r   ѕ s   ѵ v   ѡ w   ѳ o   ѓ r   ҟ k   қ k   ң h   ұ y   ү y
        ԁ d   ԍ g   ԛ q   ԝ w   һ h   ґ r   ө o   ә e   љ nb   њ hb   џ u   ћ h   ђ h
        А a   Б b   В b   Г r   Д a   Е e   Є e   Ж x   З e   И n   І l   Ї l   Ј j   К k   Л n/a
        М m   Н h   О o   П n   Р p   С c   Т t   У y   Ф o   Х x   Ц u   Ч y   Ш w   Щ w   Ъ b
        Ы bl   Ь b   Э e   Ю lo   Я r   Ѕ s   Ѵ v   Ѡ w   Ѳ o   Ө o   Ә e   Ү y   Ҝ k
        ա w/u   գ q   զ q   թ p   հ h   յ j   ո n   ռ n   ս u   ց g   օ o   ք p   ղ n   պ w   ե t/e
        Տ s   Լ l   Օ o   Ս u   Ո n   Ց g   Հ r   Շ c   Բ f   Պ m   Ղ n   Ֆ s   Ք p
        ა a   օ o   ხ b   Ꭺ a   Ᏼ b   Ꮯ c   Ꭰ d   Ꭼ e   Ꮐ g   Ꮋ h   Ꭻ j   Ꮶ k   Ꮮ l   Ꮇ m   Ꮲ p
        Ꮢ r   Ꭱ r   Ꮪ s   Ꭲ t   Ꮩ v   Ꮃ w   Ꮍ y   Ꮓ z   Ꮎ o   Ꮑ n   Ꮖ l   Ꮷ d   Ꮒ h   Ꮟ b   ꮎ o
        丁 t   口 o   人 a   工 l   日 b   山 w   匚 c   尸 p   凵 u   乙 z   卂 a   乃 b   刀 d   千 f
        廾 h   丨 l   长 k   爪 m   几 n   尺 r   丂 s   ㄒ t   ㄩ u   乂 x   ㄚ y   ᑌ u   ᑎ n   ᗩ a   ᗷ b
        ᑕ c   ᗪ d   ᕮ e   ᖴ f   ᕼ h   ᒍ j   ᐯ v   ᗯ w   ᒪ l   ᗰ m   ᑭ p   ᖇ r   ᔕ s   ᘔ z   ᘜ g   ᖻ y
    """.strip().splitlines()
    for character, readings in zip(line.split()[::2], line.split()[1::2], strict=True)
}

# What a Latin letter's name says besides the letter itself.
_ADJECTIVES = frozenset(
    """
    LATIN SMALL CAPITAL LETTER LIGATURE DIGRAPH SUBSCRIPT SUPERSCRIPT EPIGRAPHIC OPEN TURNED REVERSED
    SCRIPT DOTLESS LONG SIDEWAYS INSULAR BARRED INVERTED CLOSED MIDDLE-WELSH AFRICAN VISIGOTHIC
    BROKEN STIRRUP BLACKLETTER LENIS OLD POLISH ANGLICANA SIGMOID MIDDLE SCOTS ARCHAIC HALF TOP
    BOTTOM STRETCHED GLOTTAL SQUAT TAILLESS DIAERESIZED FLATTENED BASELINE VOLAPUK LONGA BAR DOUBLE
    """.split()
)
_NAMED = {
    "ALPHA": "a",
    "BETA": "b",
    "CHI": "x",
    "DELTA": "d",
    "ENG": "n",
    "ESH": "s",
    "ETH": "d",
    "EZH": "e",
    "GAMMA": "y",
    "IOTA": "l",
    "LAMBDA": "a",
    "OMEGA": "w",
    "PHI": "o",
    "SCHWA": "e",
    "THORN": "p",
    "UPSILON": "u",
    "VEND": "v",
    "WYNN": "p",
    "YOGH": "e",
}


def _prototypes() -> dict[str, str]:
    """Return Unicode's table: a character and the text that stands for all that look like it.

    The library's data lists both directions. Each group is a star, whose middle is the prototype:
    whatever has several neighbours, or several characters.
    """
    stars: dict[str, list[str]] = {}
    for text, alike in confusables_data.items():
        # Right-to-left characters are quoted in the data with marks around them.
        neighbours = stars.setdefault(text.replace("\u200e", ""), [])
        neighbours += [other["c"].replace("\u200e", "") for other in alike]
    table = {}
    for text, neighbours in stars.items():
        middle = neighbours[0]
        if len(text) > 1 or len(neighbours) > 1:
            continue
        if len(middle) > 1 or len(stars[middle]) > 1 or middle < text:
            table[text] = middle
    return table


_PROTOTYPES = _prototypes()
_PLAIN = re.compile("[a-z2689]")
_DEEPEST = 6
_MOST = 8  # readings of one character


def script(character: str) -> str:
    """Return the character's script (Unicode UAX 24) in capitals; COMMON where many share it."""
    return str(categories.alias(character))


def prototype(character: str) -> str:
    """Return the text that, after Unicode's table, stands for all that look like `character`."""
    return _PROTOTYPES.get(character, character)


@lru_cache(maxsize=20_000)
def readings_of(character: str) -> tuple[str, ...]:
    """Return what `character` can be read as: letters, or "" where it is no letter or number.

    Letters that look like none of the Latin ones stand for themselves.
    """
    return _read(character, _DEEPEST)


def is_letter_like(character: str) -> bool:
    """Return whether a sign can stand for a letter, as "$" for "s"."""
    return character in _OURS


def _read(character: str, deep: int) -> tuple[str, ...]:
    if character in _OURS:
        return _OURS[character]
    if _PLAIN.fullmatch(character):
        return (character,)
    drawn = (
        unicodedata.normalize("NFKD", character),
        _latin(character),
        prototype(character),
    )
    found = [read for other in drawn for read in _read_all(other, character, deep)]
    found = found or _read_all(character.casefold(), character, deep)
    found = found or [character if _counts(character) else ""]
    return tuple(dict.fromkeys(found))[:_MOST]


def _read_all(text: str, instead_of: str, deep: int) -> list[str]:
    if not deep or text in ("", instead_of):
        return []
    pieces = [("",) if _is_accent(piece) else _read(piece, deep - 1) for piece in text]
    return ["".join(read) for read in product(*pieces)]


def _is_accent(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" and script(character) == "INHERITED"


def _latin(character: str) -> str:
    """Return the letters in the name of a Latin letter, however it is turned, struck or shrunk."""
    name = unicodedata.name(character, "")
    if not name.startswith("LATIN "):
        return ""
    words = [w for w in re.sub(r" WITH(OUT)? .*", "", name).split() if w not in _ADJECTIVES]
    if len(words) != 1 or not (len(words[0]) <= 2 or words[0] in _NAMED):
        return ""
    return _NAMED.get(words[0], words[0].lower())


def _counts(character: str) -> bool:
    kind = unicodedata.category(character)
    if kind == "Lm":
        # Apostrophes and marks of stress and length; those of one script are letters.
        return script(character) not in ("COMMON", "INHERITED")
    return kind[0] in "LNM"
