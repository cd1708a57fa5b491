"""The one exception with which verbs of this room say no."""

from pyramid.i18n import TranslationString


class Refused(ValueError):
    """A request that cannot be granted, and why, in one sentence.

    `sentence` is for a form, which shows it in the page's language; ``str()`` gives it in English,
    for the command line.
    """

    def __init__(self, sentence: TranslationString) -> None:
        super().__init__(sentence.interpolate())
        self.sentence = sentence
