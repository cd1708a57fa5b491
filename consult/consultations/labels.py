"""What moves are called, and what each of them does, in the words of the pages."""

from pyramid.i18n import TranslationString

from consult.consultations.moves import Move
from consult.i18n import _

NAMES: dict[Move, TranslationString] = {
    Move.SCHEDULE: _("Announce it"),
    Move.OPEN: _("Open it now"),
    Move.CLOSE: _("Close it now"),
    Move.REOPEN: _("Reopen it"),
    Move.ANSWER: _("Declare it answered"),
    Move.RESUME: _("Take up the answering again"),
    Move.WITHDRAW: _("Take it back into preparation"),
}

MEANINGS: dict[Move, TranslationString] = {
    Move.SCHEDULE: _(
        "Everybody who may read it can see from now on that it is coming, but not its text. It opens"
        " by itself at the time that you have set."
    ),
    Move.OPEN: _("From now on people can comment, until the time of closing."),
    Move.CLOSE: _(
        "From now on nobody can comment. What has been said stays to be read, and officials can"
        " go on replying."
    ),
    Move.REOPEN: _("People can comment again, until the new time of closing."),
    Move.ANSWER: _(
        "The consultation is shown as answered, and no further version of a draft can be published."
    ),
    Move.RESUME: _("The consultation is closed, as it was before it was declared answered."),
    Move.WITHDRAW: _(
        "Only officials and moderators can see it from now on. This can be done as long as no"
        " draft has been published."
    ),
}

# What is said when it has been done.
DONE: dict[Move, TranslationString] = {
    Move.SCHEDULE: _("The consultation is announced. It opens by itself at its time."),
    Move.OPEN: _("The consultation is open: people can comment now."),
    Move.CLOSE: _("The consultation is closed: nobody can comment any more."),
    Move.REOPEN: _("The consultation is open again: people can comment now."),
    Move.ANSWER: _("The consultation is declared answered."),
    Move.RESUME: _("The consultation is closed and no longer declared answered."),
    Move.WITHDRAW: _(
        "The consultation is back in preparation. Only officials and moderators see it."
    ),
}
