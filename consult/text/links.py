"""Which addresses a person may link to, asked by every stage that meets one."""

import re

LINK_SCHEMES = frozenset({"http", "https", "mailto"})

#: What search engines and the other site are told: written by a visitor, not endorsed here, no
#: handle on our window, and no word on where the reader came from.
LINK_REL = "nofollow ugc noopener noreferrer"

# An authority without "@": https://department.example@elsewhere.example reads like the
# department and leads elsewhere. A backslash counts as a slash in browsers (WHATWG URL, 4.4),
# so none may stand in the authority either.
_WEB = re.compile(r"https?://[^\s/\\?#@<>\"']+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s/\\@<>\"']+@[^\s/\\@<>\"'?]+(?:\?[^\s<>\"]*)?", re.IGNORECASE)


def is_allowed_link(address: str) -> bool:
    """Say whether an address is absolute and http, https or mailto.

    Relative addresses, "//host", in-document "#fragments", user names before a host, and
    anything with white space or a quotation mark in it are refused.
    """
    return bool(_WEB.fullmatch(address) or _MAIL.fullmatch(address))
