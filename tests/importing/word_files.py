"""Word files made for the tests, part by part."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:x="urn:of-somebody-else"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

HEADINGS = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Kapitel"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
"""


def word_file(body: str, **parts: str) -> bytes:
    """A document with this body; parts: "styles", "numbering", "footnotes", "comments" ... each
    with what stands inside its root element, and "links" with targets by id, "rId9=https://..." """
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "comments": "comments",
        "settings": "settings",
        "header": "hdr",
        "footer": "ftr",
    }
    links = parts.pop("links", "")
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    for link in links.split():
        identity, target = link.split("=", 1)
        relations += (
            f'<Relationship Id="{identity}" Type="{_OFFICE}/hyperlink" Target="{target}"'
            ' TargetMode="External"/>'
        )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    }
    for name, inner in parts.items():
        root = roots[name]
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMES}>{inner}</w:{root}>"
    return packed(files)


def with_pictures(data: bytes, **images: bytes) -> bytes:
    """The same Word file with pictures in it, by the identities under which drawings name them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    place = "word/_rels/document.xml.rels"
    relations = ""
    for identity, image in images.items():
        relations += (
            f'<Relationship Id="{identity}" Type="{_OFFICE}/image" Target="media/{identity}.png"/>'
        )
        files[f"word/media/{identity}.png"] = image
    end = b"</Relationships>"
    files[place] = files[place].replace(end, relations.encode() + end)
    return packed(files)


def drawing(identity: str, said: str = "") -> str:
    """A paragraph with the picture of that identity in it; said: its alternative text."""
    described = f" descr='{said}'" if said else ""
    return (
        f"<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1'{described}/>"
        "<pic:pic><pic:blipFill><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
        f" r:embed='{identity}'/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r></w:p>"
    )


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(text: str, style: str = "", extra: str = "", run: str = "") -> str:
    """A paragraph with one run; extra: further paragraph properties, run: run properties."""
    stated = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{stated}{extra}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def runs(*inner: str, extra: str = "") -> str:
    """A paragraph of these runs, or of what stands between runs; bare text is a run."""
    made = "".join(
        part if part.startswith("<") else f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in inner
    )
    return f"<w:p><w:pPr>{extra}</w:pPr>{made}</w:p>"


def field(code: str, result: str | None = None, form: str = "") -> str:
    """A field; result: None for one of which the file holds none."""
    stored = "" if result is None else "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    stored += f"<w:r><w:t xml:space='preserve'>{result}</w:t></w:r>" if result else ""
    return (
        f"<w:r><w:fldChar w:fldCharType='begin'>{form}</w:fldChar></w:r>"
        f"<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>{stored}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def listed(number: int, level: int = 0) -> str:
    """The property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def pattern(identity: int, *levels: str) -> str:
    """A numbering pattern and the list of the same number; levels: "format|text|more"."""
    inner = ""
    for place, level in enumerate(levels):
        written, text, more = [*level.split("|"), "", ""][:3]
        inner += (
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{written}"/>{more}'
            f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{720 * (place + 1)}"/></w:pPr></w:lvl>'
        )
    return f'<w:abstractNum w:abstractNumId="{identity}">{inner}</w:abstractNum>'


def number(identity: int, pattern_identity: int, more: str = "") -> str:
    return (
        f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{pattern_identity}"/>{more}</w:num>'
    )
