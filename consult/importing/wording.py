"""Sentences of reports and refusals that more than one reader says."""

from consult.blocks.messages import Message, _, ngettext
from consult.blocks.places import Place
from consult.importing import limits

EMPTY = _("This file is empty; choose the file that holds the draft.")
PROTECTED = _("This file is protected by a password; save it without one and try again.")
NO_OPEN_DOCUMENT_TEXT = _(
    "This OpenDocument file holds no text but a table, drawing or presentation; copy the draft into"
    " a text document (.odt)."
)
TOO_MUCH_MEMORY = _(
    "This file needs more memory than an import may take; divide it into parts, or take the pictures"
    " and embedded files out of it."
)
TOO_MANY_PARAGRAPHS = _(
    "This file has more than ${most} paragraphs; divide it into parts that people can read.",
    most=limits.MAX_BLOCKS,
)
DECORATIVE_PICTURE = _("A decorative picture was left out.")
MACROS = _("The file holds macros; they were left out.")

#: What may be chosen instead of a file that cannot be read, for sentences that say so.
FORMATS = _("Word (.docx), OpenDocument (.odt), PDF, EPUB, HTML, Markdown or plain text")

DRAWING_LEFT_OUT = _("A drawing without words or a description was left out.")
NOTE_MISSING = _("A note is called here that is not in the file.")
_MOST_WORDS = 120


def _clipped(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1].rstrip()}…"


def equation(words: str) -> Message:
    return _(
        "An equation was written on one line: “${words}”. Compare it with the original.",
        words=_clipped(words),
    )


def typed_equation(words: str) -> Message:
    return _(
        "An equation stands here as it was typed, “${words}”; write it as readers should see it.",
        words=_clipped(words),
    )


def worked_out(words: str) -> Message:
    return _(
        "“${words}” was worked out, because the file does not hold what its field shows; compare it"
        " with the original.",
        words=_clipped(words),
    )


def field_without_result(code: str) -> Message:
    return _(
        "The file does not hold what a field shows here: “${words}”. Write it in, or update the"
        " fields in the program that the file was written with and import it again.",
        words=_clipped(" ".join(code.split())),
    )


def sign_of_font(code: str, font: str, text: str) -> Message:
    """text: what it was read as; empty where nobody can tell."""
    if text:
        return _(
            "The sign ${code} of the font “${font}” was read as “${text}”; compare it with the"
            " original.",
            code=code,
            font=font,
            text=text,
        )
    if font:
        return _(
            "Nobody can tell what the sign ${code} of the font “${font}” shows; write in its place"
            " what it is.",
            code=code,
            font=font,
        )
    return _(
        "Nobody can tell what the sign ${code} shows; write in its place what it is.", code=code
    )


def faint_words(words: str) -> Message:
    return _(
        "Look whether these words belong here, which cannot be seen on white paper, or are too small"
        " to be: “${words}”",
        words=_clipped(words),
    )


def unread_words(words: str, name: str) -> Message:
    """name: of the element that holds them."""
    return _(
        "Words were left out that stand in a part of the file which is not read (“${name}”):"
        " “${words}”. Write them in if they belong here.",
        name=name[:40],
        words=_clipped(words),
    )


def unread_part(name: str) -> Message:
    return _(
        "Something that is seen in the original was left out, because that part of the file is not"
        " read (“${name}”); compare it with the original.",
        name=name[:40],
    )


def too_long(place: Place | None) -> Message:
    most = limits.MAX_BLOCK_CHARACTERS
    if place is None:
        return _(
            "One paragraph or table of this file is longer than ${most} characters; divide it.",
            most=most,
        )
    return _(
        "One paragraph or table of this file (${place}) is longer than ${most} characters; divide"
        " it.",
        place=place.message,
        most=most,
    )


def insertions(number: int) -> Message:
    return ngettext(
        "Tracked changes were accepted: ${number} insertion was kept.",
        "Tracked changes were accepted: ${number} insertions were kept.",
        number,
    )


def deletions(number: int) -> Message:
    return ngettext(
        "Tracked changes were accepted: ${number} deletion was left out.",
        "Tracked changes were accepted: ${number} deletions were left out.",
        number,
    )


def margin_comment(author: str, words: str) -> Message:
    """author: empty where the file does not name one."""
    if author:
        return _(
            "A comment by ${author} in the margin was left out: “${words}”",
            author=author,
            words=words,
        )
    return _("A comment in the margin was left out: “${words}”", words=words)


def wordless_comments(number: int) -> Message:
    return ngettext(
        "${number} comment in the margin, in which no words were found, was left out.",
        "${number} comments in the margin, in which no words were found, were left out.",
        number,
    )


def comments_in_source(number: int) -> Message:
    return ngettext(
        "${number} comment in the source was left out.",
        "${number} comments in the source were left out.",
        number,
    )


def hidden_words(number: int) -> Message:
    return ngettext(
        "${number} hidden word was left out.", "${number} hidden words were left out.", number
    )


def lost_links(number: int) -> Message:
    return ngettext(
        "${number} link without a complete web address was made plain text.",
        "${number} links without a complete web address were made plain text.",
        number,
    )


def links_to_top(number: int) -> Message:
    return ngettext(
        "${number} link to the top of the page was left out.",
        "${number} links to the top of the page were left out.",
        number,
    )


def headers_and_footers(words: int) -> Message:
    return ngettext(
        "${number} word of page headers and footers was left out.",
        "${number} words of page headers and footers were left out.",
        words,
    )


def table_of_contents(words: int) -> Message:
    return ngettext(
        "The table of contents (${number} word) was left out.",
        "The table of contents (${number} words) was left out.",
        words,
    )


def list_of_contents(words: int) -> Message:
    return ngettext(
        "The list of contents (${number} word) was left out.",
        "The list of contents (${number} words) was left out.",
        words,
    )


def not_listed(number: int) -> Message:
    return ngettext(
        "${number} more thing was found that is not listed here.",
        "${number} more things were found that are not listed here.",
        number,
    )


def title_from_properties(title: str) -> Message:
    return _("The title “${title}” was taken from the properties of the file.", title=title)


def title_from_description(title: str) -> Message:
    return _("The title “${title}” was taken from the description of the document.", title=title)
