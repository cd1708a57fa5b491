"""What the importer says, in the language of whoever reads it."""

from pyramid.i18n import TranslationString

from consult.blocks.messages import Message, Value
from consult.i18n import format_number, translate
from consult.web import Request

# Around words of a file: their direction of writing is theirs and not the sentence's (UAX 9, 2.7).
ISOLATE, END = "\u2068", "\u2069"


def say(request: Request, message: Message) -> str:
    """Return `message` in the page's language; in English where its language does not have it."""
    values = {name: _written(request, value) for name, value in message.values.items()}
    if not message.plural:
        return translate(request, TranslationString(message.text, domain="consult", mapping=values))
    return str(
        request.localizer.pluralize(
            message.text, message.plural, message.number, domain="consult", mapping=values
        )
    )


def _written(request: Request, value: Value) -> str:
    if isinstance(value, Message):
        return say(request, value)
    if isinstance(value, int):
        return format_number(request, value)
    return value if value.isdecimal() else f"{ISOLATE}{value}{END}"
