"""The last step of every block: sanitised HTML and its plain text."""

import re

from consult.importing.runs import Run, render, text_of
from consult.text.markup import written

# What `render` makes of runs without links and languages: escaped text and bare elements from the
# sanitiser's own allowlist, which it would hand back unchanged at four hundred times the cost.
_PLAIN = re.compile(
    r"(?:[^<>&]|&(?:amp|lt|gt);|</?(?:strong|em|s|code|sup|sub)>|<sup class=\"note\">|<br>)*"
)


def polish(content: list[Run] | str, keep_blanks: bool = False) -> tuple[str, str]:
    """The final html and text of runs, or of HTML that was made for a table."""
    if isinstance(content, str):
        html = content
    elif keep_blanks:
        html = str(written(text_of(content)))
    else:
        html = render(content)
    from consult.text import plain_text, sanitise_wording

    if not _PLAIN.fullmatch(html):
        html = sanitise_wording(html)
    return html, plain_text(html)
