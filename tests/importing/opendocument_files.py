"""OpenDocument texts made for the tests, as archives and as flat files."""

from tests.importing.word_files import packed

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_OASIS}office:1.0",
        "style": f"{_OASIS}style:1.0",
        "text": f"{_OASIS}text:1.0",
        "table": f"{_OASIS}table:1.0",
        "draw": f"{_OASIS}drawing:1.0",
        "svg": f"{_OASIS}svg-compatible:1.0",
        "fo": f"{_OASIS}xsl-fo-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)
STYLES = """
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:default-outline-level="1"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Preformatted_20_Text" style:family="paragraph"/>
<style:style style:name="Table_20_Heading" style:family="paragraph"/>
"""


def text_file(body: str, automatic: str = "", styles: str = STYLES, **parts: str) -> bytes:
    """An .odt file; automatic: styles that the program made; styles: those that people name.

    parts: other parts by their name without ".xml".
    """
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {_NAMES}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_NAMES}><office:styles>{styles}</office:styles>"
            f"{parts.pop('masters', '')}</office:document-styles>"
        ),
        "META-INF/manifest.xml": parts.pop("manifest", "<manifest/>"),
    }
    return packed(files | {f"{name}.xml": content for name, content in parts.items()})


def flat_file(body: str, automatic: str = "") -> bytes:
    """The same as one XML file (.fodt)."""
    return (
        f'<?xml version="1.0"?><office:document {_NAMES}><office:styles>{STYLES}</office:styles>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1, more: str = "") -> str:
    return (
        f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}"{more}>{text}'
        "</text:h>"
    )


def items(*texts: str, style: str = "L1", more: str = "") -> str:
    """A list; a text that begins with "<" is put into its item as it is."""
    inner = "".join(
        f"<text:list-item>{text if text.startswith('<') else p(text)}</text:list-item>"
        for text in texts
    )
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named}{more}>{inner}</text:list>"


def list_style(name: str, *levels: str) -> str:
    """A list style; a level is "format|suffix|further attributes", or "bullet"."""
    inner = ""
    for number, level in enumerate(levels, start=1):
        if level == "bullet":
            inner += f'<text:list-level-style-bullet text:level="{number}" text:bullet-char="•"/>'
            continue
        written, suffix, more = [*level.split("|"), "", ""][:3]
        inner += (
            f'<text:list-level-style-number text:level="{number}" style:num-format="{written}"'
            f' style:num-suffix="{suffix}" {more}/>'
        )
    return f'<text:list-style style:name="{name}">{inner}</text:list-style>'
