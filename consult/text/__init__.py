"""Text in, safe HTML and plain text out: pure functions, no database, no settings.

Whatever a person typed or a draft contained is hostile until it has been through here. Markdown
and imported markup are made safe once, when they are written, and stored beside their source.
"""

from consult.text.cleaning import clean_line, clean_text
from consult.text.markdown import MAX_SOURCE, render_markdown
from consult.text.plain import excerpt, plain_text
from consult.text.sanitising import sanitise_wording

__all__ = [
    "MAX_SOURCE",
    "clean_line",
    "clean_text",
    "excerpt",
    "plain_text",
    "render_markdown",
    "sanitise_wording",
]
