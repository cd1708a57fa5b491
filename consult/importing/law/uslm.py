"""USLM, the XML of the United States' laws, bills, regulations and Federal Register (GPO, 1 and 2)."""

import re

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.importing.hypertext.reading import take
from consult.importing.law.rendering import Renderer
from consult.importing.law.vocabulary import Vocabulary
from consult.importing.pieces import Reading
from consult.importing.trees import XML, Element, all_text, local_name, parse
from consult.importing.wording import title_from_description

_KIND = "USLM"
_PLAIN = (
    "inline span date term ref def shortTitle amendingAction quotedText entity committee"
    " sponsor cosponsor nonsponsor marker sidenote ins headingText docTitleText actionDescription"
    " organizationNote congressText approvedDateText publicLawText"
)
_SAME = ("b", "i", "sup", "sub", "a", "del", "img", "strong", "em", "br")
VOCABULARY = Vocabulary(
    unread=frozenset({"meta", "toc", "page", "processedBy", "startingPage", "endingPage"}),
    numbers=frozenset({"num"}),
    headings=frozenset({"heading", "subheading", "crossHeading", "crossheading"}),
    items=frozenset({"item", "subitem", "subsubitem", "listItem", "clause", "subclause"}),
    notes=frozenset({"footnote", "endnote", "ear"}),
    inline={
        **dict.fromkeys(_PLAIN.split(), ""),
        **dict(zip(_SAME, _SAME, strict=True)),
        "ref": "a",
    },
    paragraphs=dict.fromkeys(
        "p text chapeau continuation content listContent listHeading organization affected"
        " action docNumber docketNumber enactingFormula resolvingClause frDocId billingCode name"
        " role affiliation signatureDate autograph officialTitle longTitle sourceCredit li"
        " editionNote property agency subagency cfrParts rin".split(),
        "p",
    ),
    quotations=frozenset({"quotedContent"}),
    titles=frozenset({"subject"}),
    lists=frozenset({"ul", "ol", "list"}),
)
# The printing codes that the Federal Register's converter leaves: "-gpo-grid-0-3" is type 03.
_GRIDS = {
    "0-2": "b",
    "0-3": "i",
    "0-4": "b",
    "5-1": "sup",
    "5-2": "sub",
    "5-3": "sup",
    "5-4": "sub",
}
_LEVEL = re.compile(r"-uslm-sgm:HD(\d)")


class _Renderer(Renderer):
    """Notes are elements of their own, called by their id; levels of a rule are printing codes."""

    def __init__(self, root: Element) -> None:
        super().__init__(VOCABULARY)
        identities = {
            str(e.get("id")) for e in root.iter("{*}footnote", "{*}endnote") if e.get("id")
        }
        calls = (str(e.get("idref")) for e in root.iter("{*}ref") if e.get("idref"))
        self._called = identities.intersection(calls)
        self._holders: dict[str, Element] = {}
        # Notes at the foot of a table stand before the rows that call them.
        self._early: dict[str, Element] = {}

    def enter(self, source: Element, target: Element) -> None:
        key = str(source.get("idref") or "")
        if local_name(source) != "ref" or not key:
            super().enter(source, target)
        elif key in self._called:
            mark = all_text(source) or self.next_mark()
            if key not in self._holders:
                self._holders[key] = self.call(target, mark)
                if key in self._early:
                    self.inside(self._early.pop(key), self._holders[key], 0)
        elif not any(local_name(a) in VOCABULARY.notes for a in source.iterancestors()):
            super().enter(source, target)

    def note(self, source: Element, target: Element) -> None:
        key = str(source.get("id") or "")
        if key not in self._called:
            # Notes under a table have no call that could be followed.
            self.inside(source, self.new(source, target, "div"), 0)
            return
        holder = self._holders.get(key)
        if holder is None:
            self._early[key] = source
        else:
            self.inside(source, holder, 0)

    def finish(self) -> Element:
        for source in self._early.values():
            self.inside(source, self.new(source, self.root, "div"), 0)
        return super().finish()

    def heading(self, source: Element, target: Element, label: str, depth: int) -> None:
        level = _LEVEL.search(str(source.get("style") or ""))
        if level:
            depth = max(depth, int(level[1]))
        super().heading(source, target, label, depth)

    def inline_tag(self, source: Element) -> str:
        for name in str(source.get("class") or "").split():
            found = _GRIDS.get(name.removeprefix("-gpo-grid-"))
            if found:
                return found
        return super().inline_tag(source)


def read(data: bytes) -> Reading:
    """Read a document. Raises ImportRefused."""
    root = parse(data, _KIND)
    findings: list[Finding] = []
    renderer = _Renderer(root)
    renderer.inside(root, renderer.root, 0)
    language = str(root.get(f"{XML}lang") or "en-US")
    pieces = take(renderer.finish(), findings, language, "", {}, own_lines=False)
    return Reading(pieces, findings, language, *_title(root))


def _title(root: Element) -> tuple[str, Message | None]:
    """The title of a law; that of a rule stands in its text."""
    for element in root.iter("{http://purl.org/dc/elements/1.1/}title", "{*}docTitle"):
        if title := all_text(element):
            return title, title_from_description(title)
    return "", None
