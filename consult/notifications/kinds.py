"""The kinds of letters, in one table: why one gets each, and which of them one can do without."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pyramid.i18n import TranslationString

from consult.i18n import _


class LetterKind(StrEnum):
    """What a letter is about; a promised letter keeps this word."""

    CONFIRM_ADDRESS = "confirm-address"
    REGISTRATION_REPEATED = "registration-repeated"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - a word, not a password
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    ACCOUNT_CLOSED = "account-closed"
    CONFIRM_COMMENT = "confirm-comment"
    COMMENT_HIDDEN = "comment-hidden"
    COMMENT_PUBLISHED = "comment-published"
    OFFICIAL_REPLY = "official-reply"
    COMMENT_ANSWERED = "comment-answered"
    VERSION_PUBLISHED = "version-published"


@dataclass(frozen=True, slots=True)
class Choice:
    """How the choice to have letters of a kind, or not, is put to people."""

    name: TranslationString
    hint: TranslationString


@dataclass(frozen=True, slots=True)
class Kind:
    """`why` ends every letter of the kind; without a `choice` it is essential."""

    why: TranslationString
    choice: Choice | None = None


_REGISTERING = _(
    "You get this letter because somebody gave your address when registering at ${site}."
)
_YOUR_ACCOUNT = _("You get this letter because it is about the safety of your account at ${site}.")

KINDS: Mapping[LetterKind, Kind] = {
    LetterKind.CONFIRM_ADDRESS: Kind(_REGISTERING),
    LetterKind.REGISTRATION_REPEATED: Kind(_REGISTERING),
    LetterKind.RESET_PASSWORD: Kind(
        _("You get this letter because somebody asked for it with your address at ${site}.")
    ),
    LetterKind.PASSWORD_CHANGED: Kind(_YOUR_ACCOUNT),
    LetterKind.ACCOUNT_CLOSED: Kind(_YOUR_ACCOUNT),
    LetterKind.CONFIRM_COMMENT: Kind(
        _("You get this letter because somebody gave your address with a comment at ${site}.")
    ),
    LetterKind.COMMENT_HIDDEN: Kind(
        _(
            "You get this letter because you commented at ${site}, where everybody is told "
            "why a comment is not shown."
        )
    ),
    LetterKind.COMMENT_PUBLISHED: Kind(
        _("You get this letter because you commented at ${site}."),
        Choice(
            _("A moderator publishes my comment"),
            _("Where moderators look at comments before they appear."),
        ),
    ),
    LetterKind.OFFICIAL_REPLY: Kind(
        _("You get this letter because you commented at ${site}, and officials answer there."),
        Choice(
            _("A department answers my comment"),
            _("The official reply, with a link to its place in the conversation."),
        ),
    ),
    LetterKind.COMMENT_ANSWERED: Kind(
        _("You get this letter because you commented at ${site}, and others can answer."),
        Choice(
            _("Somebody answers my comment"),
            _("Another person replies to what you wrote."),
        ),
    ),
    LetterKind.VERSION_PUBLISHED: Kind(
        _("You get this letter because you commented at ${site} on what has now been changed."),
        Choice(
            _("A new version changes what I commented on"),
            _("What changed, and whether it meets your point. One letter for each version."),
        ),
    ),
}

#: The kinds that one can unsubscribe from.
CHOICES: Mapping[LetterKind, Choice] = {
    name: kind.choice for name, kind in KINDS.items() if kind.choice is not None
}
