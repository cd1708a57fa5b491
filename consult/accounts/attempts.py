"""What anybody can try against an address: guess its password, have letters sent to it.

The counters are arranged so that guessing and flooding stay limited, and nobody is shut out by what
others try: not in a browser where they have signed in before, and elsewhere never from the letter
with which a new password is chosen, which also makes the browser a known one.
"""

from consult.accounts import addresses, devices
from consult.accounts.models import Account
from consult.rate_limits import Act, forgive, limit, network, within
from consult.web import Request


def signing_in(request: Request, email: str) -> None:
    """Count an attempt to sign in as `email`; raise TooManyRequests where there were too many."""
    whom = addresses.digest(email)
    device = devices.known(request, whom)
    if device:
        limit(request, Act.SIGN_IN_KNOWN, device)
        return
    limit(request, Act.SIGN_IN)
    limit(request, Act.SIGN_IN_TO, _here(request, whom))
    # Last, so that what one network has been refused counts for nobody else.
    limit(request, Act.SIGN_IN_ANYWHERE, whom)


def signed_in(request: Request, email: str) -> None:
    """Forget wrong attempts from here; those from elsewhere may have been somebody else's."""
    whom = addresses.digest(email)
    device = devices.known(request, whom)
    if device:
        forgive(request, Act.SIGN_IN_KNOWN, device)
    forgive(request, Act.SIGN_IN_TO, _here(request, whom))


def letter(request: Request, email: str) -> None:
    """Count a letter that somebody has sent to an address; raise TooManyRequests after too many."""
    whom = addresses.digest(email)
    limit(request, Act.LETTER, _here(request, whom))
    limit(request, Act.LETTER_ANYWHERE, whom)


def reset_letter(request: Request, email: str) -> None:
    """Count a letter with a link to a new password; raise TooManyRequests after too many.

    It cannot be used up for somebody else, whoever asks from wherever: after a refusal there is a
    letter of the last hour in the mailbox, and its link is good for another hour (`keys.RESET`).
    """
    whom = addresses.digest(email)
    if within(request, Act.RESET_OFTEN, whom):
        limit(request, Act.RESET, whom)
    else:
        limit(request, Act.RESET_SLOWLY, whom)


def reset_done(request: Request, account: Account) -> None:
    """Start counting letters anew: the links of those that were sent are worthless now."""
    whom = addresses.digest(account.email)
    for act in (Act.RESET, Act.RESET_OFTEN, Act.RESET_SLOWLY):
        forgive(request, act, whom)


def _here(request: Request, whom: str) -> str:
    return f"{whom} from {network(request)}"
