"""Where somebody goes after signing in: back to the page they came from, and never elsewhere."""

from urllib.parse import urlsplit

LONGEST = 2000


def local_path(asked: str | None) -> str:
    """Return `asked` if it is a path on this site, else "".

    Browsers read "//host" and "/\\host" as another host, and drop tabs and newlines before they
    look (WHATWG URL, 4.4), so a backslash and everything but visible ASCII is refused.
    """
    asked = asked or ""
    visible = all("!" <= character <= "~" for character in asked)
    if len(asked) > LONGEST or not visible or "\\" in asked:
        return ""
    if not asked.startswith("/") or asked.startswith("//"):
        return ""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else asked
