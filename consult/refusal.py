"""How a verb says no."""

from pyramid.i18n import TranslationString


class Refused(ValueError):
    """A verb was asked for something that cannot be done; nothing was changed.

    `message` is one sentence for the person who asked, which a page shows in its own language;
    ``str()`` gives it in English, for the command line. `field` names the field of a form that it is
    about, or is empty.
    """

    def __init__(self, message: TranslationString, field: str = "") -> None:
        super().__init__(message.interpolate())
        self.message = message
        self.field = field
