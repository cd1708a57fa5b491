"""Letters about accounts. Each function returns what the letter says, None if it is pointless now."""

from consult.accounts import keys
from consult.accounts.models import KeyPurpose, LetterKey
from consult.i18n import _
from consult.notifications.context import Desk, Draft, harmless


def good_key(desk: Desk, purpose: KeyPurpose) -> LetterKey | None:
    """Return the key whose secret the letter carries; None if it was used or is too old."""
    return keys.peek(desk.session, desk.payload["secret"], purpose)


def confirm_address(desk: Desk) -> Draft | None:
    """Ask for the confirmation of a registration.

    Anybody can have this letter sent to any address, so it repeats nothing of what they typed but
    the name, by which a recipient who did register knows the letter.
    """
    key = good_key(desk, KeyPurpose.CONFIRM)
    if key is None:
        return None
    return Draft(
        desk.say(_("Confirm your e-mail address")),
        (
            desk.paragraph(
                _("Somebody registered at ${site} with your address, as “${name}”."),
                name=harmless(key.display_name),
            ),
            desk.paragraph(
                _("If it was you, open this page and press the button. Then you can take part.")
            ),
            desk.link(_("Confirm your address"), "confirm", key=desk.payload["secret"]),
            desk.paragraph(
                _("The link works once, until ${when}."), when=desk.when(key.expires_at)
            ),
            desk.paragraph(
                _(
                    "If it was not you, you need do nothing: without the confirmation nobody can "
                    "use the account."
                )
            ),
        ),
    )


def registration_repeated(desk: Desk) -> Draft:
    """Tell somebody with an account that it was tried to register another one."""
    return Draft(
        desk.say(_("You already have an account")),
        (
            desk.paragraph(
                _(
                    "Somebody tried to register at ${site} with your address. You have an account "
                    "already, and nothing about it has changed."
                )
            ),
            desk.paragraph(_("If it was you, sign in with the password that you have.")),
            desk.link(_("Sign in"), "sign_in"),
            desk.paragraph(_("If you have forgotten it, choose another one.")),
            desk.link(_("Choose a new password"), "forgotten"),
            desk.paragraph(_("If it was not you, you need do nothing.")),
        ),
    )


def reset_password(desk: Desk) -> Draft | None:
    """Send the link to a new password."""
    key = good_key(desk, KeyPurpose.RESET)
    if key is None:
        return None
    return Draft(
        desk.say(_("Choose a new password")),
        (
            desk.paragraph(
                _("Somebody told us that they forgot the password for your address at ${site}.")
            ),
            desk.paragraph(_("If it was you, choose a new one on this page.")),
            desk.link(_("Choose a new password"), "reset", key=desk.payload["secret"]),
            desk.paragraph(
                _("The link works once, until ${when}."), when=desk.when(key.expires_at)
            ),
            desk.paragraph(
                _("If it was not you, you need do nothing: the password stays as it is.")
            ),
        ),
    )


def password_changed(desk: Desk) -> Draft:
    """Let the owner notice if it was somebody else."""
    return Draft(
        desk.say(_("Your password was changed")),
        (
            desk.paragraph(
                _(
                    "The password of your account at ${site} was changed on ${when}. All other "
                    "devices were signed out."
                ),
                when=desk.when(desk.written_at),
            ),
            desk.paragraph(
                _(
                    "If it was you, you need do nothing. If it was not, choose another password at "
                    "once, and write to ${contact}."
                )
            ),
            desk.link(_("Choose a new password"), "forgotten"),
        ),
    )


def account_closed(desk: Desk) -> Draft:
    """Say goodbye."""
    return Draft(
        desk.say(_("Your account is closed")),
        (
            desk.paragraph(
                _(
                    "Your account at ${site} was closed on ${when}. Nobody can sign in to it any "
                    "more, and your e-mail address is forgotten: this is the last letter."
                ),
                when=desk.when(desk.written_at),
            ),
            desk.paragraph(_("Your comments stay, with the name that you signed them with.")),
            desk.paragraph(_("If it was not you who closed it, write to ${contact}.")),
        ),
        recipient=desk.payload["email"],
    )
