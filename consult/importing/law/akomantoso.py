"""Akoma Ntoso, versions 2 and 3 (OASIS LegalDocML): bills, acts, codes, reports, judgments."""

import re

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message, _
from consult.importing.emphasis import infer_headings
from consult.importing.hypertext.reading import take
from consult.importing.law.called import call_from_text
from consult.importing.law.rendering import Renderer
from consult.importing.law.stretches import append_text
from consult.importing.law.vocabulary import Vocabulary
from consult.importing.pieces import Reading
from consult.importing.trees import Element, all_text, local_name, parse
from consult.importing.wording import title_from_description

_KIND = "Akoma Ntoso"
_PLAIN = (
    "span inline ins ref rref mref date time person organization concept object event location"
    " process role term quantity def entity courtType neutralCitation party judge lawyer signature"
    " affectedDocument change docAuthority docDate docIntroducer docJurisdiction docketNumber"
    " docNumber docProponent docPurpose docStage docStatus docType legislature session shortTitle"
    " vote outcome opinion argument documentRef relatedDocument placeholder fillIn decoration"
    " embeddedText quotedText mod mmod rmod remark omissis noteRef extractText scene"
    " recordedTime from subFlow docCommittee docTitle"
)
_SAME = ("b", "i", "sup", "sub", "a", "del", "img")
VOCABULARY = Vocabulary(
    # What says something about the document, and lists of what is where.
    unread=frozenset({"meta", "toc", "proprietary", "eop", "presentation"}),
    numbers=frozenset({"num"}),
    headings=frozenset({"heading", "subheading", "crossHeading"}),
    items=frozenset({"item", "point", "indent", "subparagraph", "subclause", "sublist"}),
    notes=frozenset({"authorialNote"}),
    inline={
        **dict.fromkeys(_PLAIN.split(), ""),
        **dict(zip(_SAME, _SAME, strict=True)),
        "u": "",
        "ref": "a",
    },
    paragraphs=dict.fromkeys(
        "p block listIntroduction listConclusion listWrapUp wrap li tocItem docHeading".split(), "p"
    ),
    quotations=frozenset({"quotedStructure", "embeddedStructure", "extractStructure"}),
    tabulators=frozenset({"marker"}),
    breaks=frozenset({"br", "eol"}),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


class _Renderer(Renderer):
    def note(self, source: Element, target: Element) -> None:
        """A note stands where it is called, with its mark as an attribute."""
        mark = str(source.get("marker") or "").strip() or self.next_mark()
        holder = self.call(target, mark)
        self.inside(source, holder, 0)

    def enter(self, source: Element, target: Element) -> None:
        before = source.getprevious()
        if local_name(source) == "docDate" and before is not None and not before.tail:
            # “Made” and its day are two elements side by side, which pages set far apart.
            append_text(target, " ")
        super().enter(source, target)

    def block(self, source: Element, target: Element, depth: int = 0) -> None:
        title = source.find(".//{*}docTitle") if local_name(source) == "p" else None
        # The number of an act often stands beside its title; a sentence about it does not.
        if title is not None and len(all_text(source)) <= 2 * len(all_text(title)):
            self.fill(self.new(source, target, "p", {"class": "doc-ti"}), source)
        else:
            super().block(source, target, depth)


def read(data: bytes) -> Reading:
    """Read a document. Raises ImportRefused."""
    root = parse(data, _KIND)
    findings: list[Finding] = []
    call_from_text(root, VOCABULARY)
    renderer = _Renderer(VOCABULARY)
    for document in root:
        renderer.block(document, renderer.root)
    language = _language(root)
    pieces = take(renderer.finish(), findings, language, "", {}, own_lines=False)
    pieces = infer_headings(pieces, findings, levelled=False)
    return Reading(pieces, findings, language, *_title(root))


def _language(root: Element) -> str | None:
    for element in root.iter("{*}FRBRlanguage"):
        stated = str(element.get("language") or "")
        if _LANGUAGE.fullmatch(stated):
            return _SHORT.get(stated, stated)
    return None


# Version 3 of the standard asks for the three letters of ISO 639-2, which BCP 47 does not use
# where there are two.
_SHORT = dict(
    pair.split(":")
    for pair in (
        "eng:en fra:fr fre:fr deu:de ger:de spa:es ita:it por:pt nld:nl dut:nl ara:ar heb:he cym:cy"
        " wel:cy pol:pl ron:ro rum:ro ell:el gre:el swa:sw zho:zh chi:zh gle:ga gla:gd mri:mi mao:mi"
        " hin:hi rus:ru ukr:uk dan:da swe:sv nor:no fin:fi ces:cs cze:cs hun:hu bul:bg hrv:hr"
    ).split()
)


def _title(root: Element) -> tuple[str, Message | None]:
    """The title that the file states: in its preface, or in what it says about itself."""
    for name in ("docTitle", "shortTitle"):
        for element in root.iter(f"{{*}}{name}"):
            if title := all_text(element):
                return title, _(
                    "The title “${title}” was taken from the preface of the document.", title=title
                )
    for element in root.iter("{*}FRBRalias"):
        if element.get("value"):
            title = " ".join(str(element.get("value")).split())
            return title, title_from_description(title)
    for element in root.iter("{http://purl.org/dc/elements/1.1/}title"):
        if title := all_text(element):
            return title, title_from_description(title)
    return "", None
