"""What a text looks like: two texts with one skeleton can be taken for each other.

After Unicode TS 39, section 4, and stricter: letter case, accents, spaces and punctuation do not
tell two names apart either.
"""

import unicodedata
from collections.abc import Iterator

from confusable_homoglyphs import categories
from confusable_homoglyphs.confusables import confusables_data

# What Unicode's table leaves apart because it knows capitals: I looks like l, so i must too. And
# the digits that people write for letters.
_ALIKE = str.maketrans({"i": "l", "3": "e", "4": "a", "5": "s", "7": "t"})


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


_PROTOTYPES = str.maketrans(_prototypes())


def script(character: str) -> str:
    """Return the character's script (Unicode UAX 24) in capitals; COMMON where many share it."""
    return str(categories.alias(character))


def prototype(character: str) -> str:
    """Return the text that stands for everything that looks like `character`."""
    return character.translate(_PROTOTYPES)


def skeleton(text: str) -> str:
    """Return what `text` looks like; for comparison only, it reads like nonsense."""
    drawn = unicodedata.normalize("NFKD", text).translate(_PROTOTYPES).casefold()
    drawn = unicodedata.normalize("NFKD", drawn.translate(_PROTOTYPES))
    return "".join(filter(_counts, drawn)).translate(_ALIKE).replace("vv", "w")


def _counts(character: str) -> bool:
    # Accents are shared by scripts; the vowel signs of Indic scripts are not, and make words differ.
    kind = unicodedata.category(character)[0]
    return kind in "LN" or (kind == "M" and script(character) != "INHERITED")


def likenesses(text: str) -> set[str]:
    """Return the skeletons of `text` as it stands and in the letter cases that it may imitate.

    Outside Latin a capital and its small letter may resemble different Latin letters.
    """
    return {skeleton(form) for form in (text, text.lower(), text.upper(), text.title())}


def words_of(text: str) -> list[str]:
    """Return the words of `text`, "SiteAdmin" as two."""
    return "".join(_spaced(text)).split()


def _spaced(text: str) -> Iterator[str]:
    before = ""
    for character in text:
        if before.islower() and character.isupper():
            yield " "
        yield character if unicodedata.category(character)[0] in "LMN" else " "
        before = character
