"""Two languages for testing, made by rule from English.

en_XA is accented, bracketed and a third longer, so that a string that is not translatable, cut off
or put together from pieces is seen at once. ar_XB is English that runs from right to left (the
letters are put in right-to-left order by Unicode's own marks).
"""

import re

from babel.messages.catalog import Catalog

ACCENTS = str.maketrans("AEIOUYaeiouycdlnrstzCDLNRSTZ", "ÅÉÎÖÛÝåéîöûýçðļñŕšţžÇÐĻÑŔŠŢŽ")
# What must stay as it is: placeholders of Python and of Pyramid, tags, entities.
KEPT = re.compile(r"(%\([a-z_]+\)[sd]|\$\{[a-z_]+\}|%[sd%]|</?[a-z][^>]*>|&[a-z]+;)")
PADDING = "one two three four five six seven eight nine ten eleven twelve"
RIGHT_TO_LEFT, END = "\u202e", "\u202c"


def accented(message: str) -> str:
    """Return `message` as en_XA says it."""
    parts = KEPT.split(message)
    parts[::2] = [part.translate(ACCENTS) for part in parts[::2]]
    padding = PADDING[: len(KEPT.sub("", message)) // 3].strip()
    return f"[{''.join(parts)}{' ' + padding if padding else ''}]"


def mirrored(message: str) -> str:
    """Return `message` as ar_XB says it."""
    parts = KEPT.split(message)
    parts[::2] = [f"{RIGHT_TO_LEFT}{part}{END}" if part.strip() else part for part in parts[::2]]
    return "".join(parts)


RULES = {"en_XA": accented, "ar_XB": mirrored}


def catalogue(template: Catalog, name: str) -> Catalog:
    """Return the whole catalogue of the made-up language `name`."""
    rule = RULES[name]
    made = Catalog(locale=None, project="consult", charset="utf-8")
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            made.add(message.id, tuple(rule(form) for form in message.id), context=message.context)
        else:
            made.add(message.id, rule(message.id), context=message.context)
    return made
