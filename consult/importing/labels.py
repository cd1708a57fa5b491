"""Numbers and letters that authors type before a paragraph or heading: "3.12", "(a)", "Article 5".

A label is only taken off where it cannot be part of the sentence; what is doubtful stays in the
text, where nothing is lost.
"""

import re
from dataclasses import dataclass

# The first word of labels that consist of a word and a number, as drafts in the larger languages
# spell them.
_WORDS = (
    "article|art|section|sect|sec|chapter|ch|part|annex|annexe|appendix|schedule|title|book|clause"
    "|paragraph|para|subsection|regulation|rule|recital|principle|recommendation|question|option"
    "|stage|step|action|objective|goal|theme|priority|proposal|policy|standard|requirement|issue"
    "|commitment|measure|division|subdivision|chapitre|partie|titre|artikel|abschnitt|kapitel|teil"
    "|anhang|anlage|artículo|articulo|capítulo|capitulo|sección|seccion|título|titulo|anexo"
    "|disposición|articolo|capo|titolo|allegato|artigo|secção|seção|hoofdstuk|afdeling|bijlage"
    "|deel|erthygl|pennod|rhan|atodlen|adran|artykuł|rozdział|załącznik|kapittel|bilaga|liite"
    "|luku|статья|глава|раздел|стаття|розділ|άρθρο|κεφάλαιο|المادة|مادة|الفصل|الباب|الملحق"
    "|סעיף|פרק|חלק|אנקס|अनुच्छेद|अध्याय|धारा|भाग|অনুচ্ছেদ|ধারা|دفعہ|ماده|فصل|madde|bölüm"
)
_ROMAN = r"(?:m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3}))"
_NUMBER = r"\d{1,3}[A-Za-z]{0,2}(?:\.\d{1,3}[A-Za-z]?)*"
_NAMED = re.compile(
    rf"(?P<label>(?:{_WORDS})\.?[ \xa0\t]+(?:no\.?[ \xa0])?"
    rf"(?:{_NUMBER}(?:\([0-9a-z]{{1,4}}\))*|[A-Z]\d{{0,3}}|(?=[ivxlc]){_ROMAN}))"
    r"(?P<mark>[ \xa0\t]*(?:[.:–—‑‒|]|-(?=[ \xa0\t])|(?=\n)|$)|\t|[ \xa0]{2,}|(?=[ \xa0]))"
    r"(?P<gap>[ \xa0\t\n]*)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<label>第[ ]?[0-9一二三四五六七八九十百千零〇○]+[ ]?[条條章節节款项項編编部]"
    r"|[（(][一二三四五六七八九十百]+[)）]|（\d{1,3}）|[一二三四五六七八九十百]+、|\d{1,3}[．、])"
    r"(?P<gap>[ \u3000\t\n]*)"
)
_DOTTED = re.compile(
    r"(?P<label>(?:§§?[ \xa0]?|[A-Z]\.?)?\d{1,3}[A-Za-z]?(?:\.\d{1,3}[A-Za-z]?)+(?:\.?\([a-z0-9]{1,4}\))*"
    r"(?:\.?—?\(\d{1,2}\)|[.):])?|[A-Z](?:\.\d{1,3})+[.)]?)(?P<gap>[ \xa0\t\n]+)"
)
_BRACKETED = re.compile(
    # What a law inserts stands in quotation marks, the first of them before its label.
    rf"(?P<label>[“‘„«]?\d{{0,3}}[A-Z]?\.?—?(?:[(（](?:\d{{1,3}}[A-Za-z]{{0,2}}|[A-Za-z]{{1,2}}|{_ROMAN}|[A-Z]\d)[)）])+\.?)"
    r"(?P<gap>[ \xa0\t\n]+)",
    re.IGNORECASE,
)
# "[1984] 1 All ER 994" cites a law report by its year.
_SQUARE = re.compile(r"(?P<label>\[(?!(?:1[6-9]|20)\d\d\])\d{1,4}\])(?P<gap>[ \xa0\t]+)")
_ENDED = re.compile(
    rf"(?P<label>(?:§[ \xa0]?)?(?:\d{{1,3}}[A-Za-z]?|[A-Za-z]|(?=[ivxIVX]){_ROMAN}|Q\d{{1,3}})[.):])"
    r"(?P<gap>[ \xa0\t\n]+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?P<label>§[ \xa0]?\d{1,3}[A-Za-z]?|\d{1,3}[A-Z]?|[A-Z]\d{1,2}|[IVX]{1,5}|[A-Z])"
    r"(?P<gap>[ \xa0\t\n]+)"
)
_BULLET = re.compile(
    r"(?:[•●▪◦‣·∙○■□▫◆◇►▶➢➤✓✔❖⁃\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d][ \xa0\t]*|[*–—-][ \xa0\t]+|o\t)"
)

# In lower case only: "2.5 million" is a quantity, "2.5 In this policy" is a numbered paragraph.
_UNITS = re.compile(
    r"(?:million|billion|trillion|thousand|hundred|per\s?cent|percent|percentage|%|‰|times|metres?"
    r"|meters?|miles?|feet|ft|inch(?:es)?|km|kg|cm|mm|kW|MW|GW|GWh|kWh|litres?|tonnes?|hectares?|acres?"
    r"|hours?|minutes?|days?|weeks?|months?|years?|pence|euros?|dollars?|pounds?|degrees?|°|am|pm|AM|PM"
    r"|a\.m|p\.m|bn|m|k|x|or|and|to|of|in|is|was|are|were|millions|milliards?|Millionen|Prozent"
    r"|millones|por|pour|of the)\b|[%°×/+=]"
)
# "Schedule 21 Equality Act 2010" and "Part 2 Chapter 1 of the 2002 Act" are other laws.
_CITATION = re.compile(
    r"\b(?:Act|Regulations?|Order|Rules|Directive)\b.{0,20}\d{4}|\d{4} (?:Act|Regulations|Order)\b"
    r"|^(?:Part|Chapter|Sections?|Schedules?|Articles?|Paragraphs?)\s+\d"
)
# "5. May 2016" and "30 June": a day, not a number.
_MONTHS = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Januar|Februar|März|Mai|Juni|Juli|Oktober"
    r"|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)\b\.?(?:[ \xa0]+(?:\d{2,4}\b|at\b)|[ \xa0,]*$)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """label: as typed, without a colon or dash that only sets it apart. length: characters of
    the text that label and gap take up."""

    label: str
    length: int


def find_label(text: str, heading: bool = False) -> Label | None:
    """The label at the start of a text that goes on behind it, or None.

    Headings may carry bare numbers ("3 Street trees") and words with a number and nothing between
    them and the heading ("Annex A Map"); in a paragraph these need a mark or a tabulator.
    """
    for pattern, accepts in (
        (_NAMED, _accept_named),
        (_CHINESE, _accept_any),
        (_DOTTED, _accept_dotted),
        (_BRACKETED, _accept_bracketed),
        (_ENDED, _accept_ended),
        (_SQUARE, _accept_any),
        (_BARE, _accept_bare),
    ):
        match = pattern.match(text)
        if match and accepts(match, text[match.end() :], heading):
            dot = "." if match.groupdict().get("mark", "").strip() == "." else ""
            return Label(" ".join(match["label"].split()).rstrip(":") + dot, match.end())
    return None


def is_only_label(text: str) -> bool:
    """Whether a text is a label and nothing else, such as "Article 5" or "PART II"."""
    label = find_label(text + "\tX")
    return label is not None and label.length == len(text) + 1


def cut_bullet(text: str) -> int:
    """How many characters a typed bullet takes up at the start of a text; 0 if there is none."""
    match = _BULLET.match(text)
    return match.end() if match and match.end() < len(text) else 0


def _accept_any(match: re.Match[str], rest: str, heading: bool) -> bool:
    return bool(rest)


def _accept_named(match: re.Match[str], rest: str, heading: bool) -> bool:
    if not rest:
        return False
    number = match["label"].split()[-1]
    # "Part a": of lower-case letters only roman numerals are numbers here.
    if number.islower() and number.isalpha() and not re.fullmatch(_ROMAN, number):
        return False
    if match["mark"].strip() or "\t" in match["mark"] + match["gap"] or "\n" in match["gap"]:
        return True
    if len(match["mark"] + match["gap"]) > 1:
        return True
    # "Article 5 Scope" is a heading's label, "Section 5 of the Act" is not.
    if _CITATION.search(rest):
        return False
    return heading and bool(match["gap"]) and not rest[0].islower() and rest[0] not in ",;)(&/"


def _accept_dotted(match: re.Match[str], rest: str, heading: bool) -> bool:
    if not rest or _looks_like_time(match["label"], rest):
        return False
    if re.fullmatch(r"S\.\d+", match["label"]) and "\t" not in match["gap"]:
        # "S.20 of the Act" cites a section.
        return False
    return "\t" in match["gap"] or not _UNITS.match(rest)


def _looks_like_time(label: str, rest: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}\.\d\d", label) and re.match(r"(?:am|pm|a\.m|p\.m)\b", rest))


def _accept_bracketed(match: re.Match[str], rest: str, heading: bool) -> bool:
    return bool(rest) and bool(re.search(r"[(（]", match["label"]))


def _accept_ended(match: re.Match[str], rest: str, heading: bool) -> bool:
    label = match["label"]
    if not rest or (label[0].isdigit() and label.endswith(".") and _MONTHS.match(rest)):
        return False
    if label.endswith(":") and not label[:-1].isdigit() and label[0] != "Q":
        return heading and label[0].isupper() and len(label) == 2
    if label[0].isdigit() and label.endswith(":") and not ("\t" in match["gap"] or heading):
        return False
    if re.fullmatch(r"[A-Z]\.", label) and not heading:
        # "A. Smith" is a person; "A.<tab>Smith" is not.
        return "\t" in match["gap"] or not re.match(r"[A-Z][a-z]+\b|[A-Z]\.", rest)
    return True


def _accept_bare(match: re.Match[str], rest: str, heading: bool) -> bool:
    label, gap = match["label"], match["gap"]
    if not rest:
        return False
    if "\t" in gap or label.startswith("§"):
        return not label.isalpha() or heading
    if label.isalpha():
        return False
    if not heading or len(re.sub(r"\D", "", label)) > 2:
        return False
    return rest[0].isalpha() and not rest[0].islower() and not _MONTHS.match(rest)
