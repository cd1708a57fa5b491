"""What somebody typed, carried past a page that comes in between.

A form cannot always be acted on when it comes: its sender has been signed out meanwhile, is somebody
else by now, wants to sign in first, or the form's token is no longer good. What was typed must not
be lost then, nothing may be done that its sender would not do, and the server keeps nothing for
strangers. So the words travel with the person, in two steps that are the same for all forms:

1. The page in between (such as the one for signing in) carries every field of the form as a hidden
   field of its own, named ``kept.`` and the field's name (`carried`). What is secret, and files,
   which no page can hold, are left out.
2. Its button sends these fields to the page on which the form stands, with ``fill_in_again``. Here
   that request is turned into a visit to this page, before any view is chosen: the view that shows
   the page runs, with the rights of whoever asks now, and every `RequestForm` that it makes is
   filled with the words (`Request.filled_in`). No view that acts is ever called, and what the form
   says it had seen (revisions, numbers used once) holds as it was when the form was begun.

Neither the page in between nor the views know one form from another.
"""

from dataclasses import dataclass

from pyramid.config import Configurator
from pyramid.csrf import check_csrf_token
from pyramid.events import BeforeTraversal
from webob.multidict import MultiDict

from consult.web import FILLED_IN, Request

KEPT = "kept."
AGAIN = "fill_in_again"

#: For whom a form was made, and the button of a guest who would rather sign in first.
FOR, FIRST = "signed_in_as", "sign_in_first"

#: Fields of passwords. They are typed again.
SECRET = frozenset({"password", "current"})

_OURS = frozenset({"csrf_token", AGAIN, FOR, FIRST})

#: Fields that hold something to read whatever it looks like, and those that repeat the draft.
_WRITTEN = frozenset({"text", "suggestion", "statement", "reasons", "note"})
_REPEATED = frozenset({"quote_prefix", "quote_suffix"})


@dataclass(frozen=True, slots=True)
class Carried:
    """The fields of a form, and whether a file was among them."""

    fields: tuple[tuple[str, str], ...] = ()
    file: bool = False

    @property
    def text(self) -> str:
        """What can be read of it; keys, choices and numbers are none of anybody's words."""
        return "\n\n".join(
            value for name, value in self.fields if value.strip() and _is_written(name, value)
        )


def _is_written(name: str, value: str) -> bool:
    if name in _REPEATED:
        return False
    return name in _WRITTEN or not value.isascii() or len(value.split()) > 1


def carried(request: Request) -> Carried:
    """Return what was typed into the form that `request` sends or carries on; nothing of a visit."""
    try:
        sent, carries = request.typed, is_carried(request)
    except Exception:
        # A body that cannot even be parsed holds nothing to give back.
        return Carried()
    pairs = [
        (name.removeprefix(KEPT), value)
        for name, value in sent.items()
        if name.startswith(KEPT) or not carries
    ]
    return Carried(
        tuple(
            (name, value)
            for name, value in pairs
            if isinstance(value, str) and name not in SECRET | _OURS
        ),
        any(getattr(value, "filename", "") for _name, value in pairs),
    )


def is_carried(request: Request) -> bool:
    """Say whether `request` comes from a page in between and brings another form's fields along."""
    return any(name.startswith(KEPT) for name in request.typed)


def is_sent(request: Request) -> bool:
    """Say whether something was typed that must not be lost, now or before a page in between."""
    return request.method == "POST" or request.filled_in is not None


def fill_in_again(event: BeforeTraversal) -> None:
    """Turn the second step into a visit; raise BadCSRFToken as for anything that is sent."""
    request: Request = event.request
    if request.method == "POST" and AGAIN in request.POST:
        check_csrf_token(request)
        request.environ[FILLED_IN] = MultiDict(carried(request).fields)
        request.method = "GET"


def includeme(config: Configurator) -> None:
    config.add_subscriber(fill_in_again, BeforeTraversal)
