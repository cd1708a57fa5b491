"""What was found inside one paragraph of an OpenDocument text, and what may stand there."""

from dataclasses import dataclass, field, replace

from consult.importing.gallery import description_of
from consult.importing.opendocument.names import q
from consult.importing.opendocument.styles import Face
from consult.importing.runs import Run
from consult.importing.trees import Element, all_text
from consult.importing.word.pictures import Shown

BLOCKS = frozenset({"text:p", "text:h", "text:list", "table:table", "text:section"})
SHAPES = frozenset(
    "draw:custom-shape draw:rect draw:ellipse draw:circle draw:line draw:polygon draw:polyline"
    " draw:path draw:connector draw:caption draw:measure draw:regular-polygon".split()
)
LINES = frozenset({"draw:line", "draw:connector", "draw:measure"})
# Fields, which hold what they show.
FIELDS = frozenset(
    f"text:{name}"
    for name in (
        "author-initials author-name bookmark-ref chapter conditional-text creation-date"
        " creation-time creator database-display date dde-connection description"
        " editing-cycles expression file-name get-variable initial-creator keywords measure"
        " modification-date modification-time note-ref page-continuation page-count page-number"
        " placeholder print-date reference-ref sequence sequence-ref sheet-name subject"
        " table-formula template-name text-input time title user-defined user-field-get"
        " variable-get variable-input bibliography-mark"
    ).split()
)
# What a file says beside its text, and what programs write for themselves.
UNREAD = frozenset(
    "office:annotation-end office:event-listeners text:ruby-text text:number text:script"
    " text:tracked-changes svg:title svg:desc draw:glue-point draw:enhanced-geometry"
    " text:table-of-content text:alphabetical-index-mark text:toc-mark text:user-index-mark".split()
)


@dataclass(slots=True)
class Inside:
    """The content of one paragraph: its runs, how they look, and what is anchored in it but
    stands apart: elements of text, and pictures.

    ahead: how many of those elements, side notes often, are anchored before the first word.
    """

    runs: list[Run] = field(default_factory=list)
    faces: list[tuple[int, Face]] = field(default_factory=list)
    apart: list[Element] = field(default_factory=list)
    ahead: int = 0
    pictures: list[Shown] = field(default_factory=list)
    hidden: bool = False


@dataclass(slots=True)
class Note:
    key: str
    mark: str
    body: Element


def description_in(drawn: Element) -> str:
    """What is said of something drawn, in its title or its description."""
    said = (drawn.find(q("svg:title")), drawn.find(q("svg:desc")))
    texts = (description_of(all_text(element)) for element in said if element is not None)
    return next(filter(None, texts), "")


def marked(ink: Run, face: Face) -> Run:
    """The run (without text) that text with such a face belongs to."""
    marks = {
        name
        for name, wanted in (
            ("strong", face.bold),
            ("em", face.italic),
            ("s", face.struck),
            ("code", face.code),
            (face.raised, bool(face.raised)),
        )
        if wanted
    }
    return replace(ink, marks=frozenset(marks))
