"""Which paragraphs of a Word file are headings: by style where authors used styles, by look where
they did not."""

import re
from collections import Counter
from collections.abc import Sequence

from consult.importing.labels import find_label, is_only_label
from consult.importing.word.paragraphs import Paragraph

_LONGEST = 120
_MOST_WORDS = 18
# Longer than this nothing is a heading, whatever its style says.
_LONGEST_STYLED = 300


def settle_styled(
    paragraphs: Sequence[Paragraph], listed: dict[str, int], names: dict[str, str]
) -> list[str]:
    """Set the levels of paragraphs in heading styles; the names of styles that are none after all.

    Lawyers number clauses with "Heading 2", so a style is a heading only if most that is set in
    it reads like one. listed: styles that the table of contents gives a level.
    """
    for paragraph in paragraphs:
        if not paragraph.level and paragraph.style in listed:
            paragraph.level = listed[paragraph.style]
    by_style: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.level and paragraph.table is None:
            by_style.setdefault(paragraph.style, []).append(paragraph)
    unmade = []
    for style, members in by_style.items():
        sentences = sum(_is_sentence(member.text) for member in members)
        if sentences * 5 >= len(members) * 2 and sentences > 1:
            unmade.append(names.get(style) or style)
            for member in members:
                member.level = 0
    for paragraph in paragraphs:
        if paragraph.level and len(paragraph.text) > _LONGEST_STYLED:
            paragraph.level = 0
    return unmade


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    return words > 25 or (words > 5 and text.rstrip()[-1:] in ".;,:")


def infer_by_look(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Give levels to short paragraphs that stand out in size or weight; those that got one.

    They go below the headings made with styles, the largest first.
    """
    body = body_size(paragraphs)
    styled_places = [place for place, paragraph in enumerate(paragraphs) if paragraph.level]
    # Where an author did use styles, the lines before the first of them are a cover.
    first = styled_places[0] if len(styled_places) > 2 else _end_of_cover(paragraphs)
    candidates = [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if number >= first
        and not paragraph.level
        and not paragraph.title
        and _stands_out(paragraph, body)
        and not _is_followed_by_like(paragraphs, number, body)
    ]
    ranks = sorted({_rank(paragraph, body) for paragraph in candidates}, reverse=True)
    # A few stray styles in a text without any are no frame for the others.
    framed = len(styled_places) * 2 >= len(candidates)
    chosen = {id(paragraph): ranks.index(_rank(paragraph, body)) for paragraph in candidates}
    styled, above = 0, list[int]()
    for paragraph in paragraphs:
        if id(paragraph) in chosen:
            # What a look means is only known from what stands around it: no level is skipped.
            rank = chosen[id(paragraph)]
            above = [*(other for other in above if other < rank), rank]
            paragraph.level = min(6, styled + len(above))
        elif paragraph.level and framed:
            styled, above = paragraph.level, []
    return candidates


def _end_of_cover(paragraphs: Sequence[Paragraph]) -> int:
    """The place where the centred lines around the title end.

    The last of them may be the heading of the text that follows it.
    """
    for place, paragraph in enumerate(paragraphs):
        if not paragraph.pieces and not paragraph.look.centred:
            return place - 1 if any(p.title for p in paragraphs[: place - 1]) else 0
    return 0


def body_size(paragraphs: Sequence[Paragraph]) -> int:
    """The size in which most of the text is set."""
    weights: Counter[int] = Counter()
    for paragraph in paragraphs:
        if paragraph.table is None:
            weights[paragraph.look.size] += len(paragraph.text)
    return weights.most_common(1)[0][0] if weights else 20


def _rank(paragraph: Paragraph, body: int) -> tuple[int, bool, bool, int]:
    """How high a heading stands: by its size, then by capitals and weight, then by its number."""
    look = paragraph.look
    return (max(look.size, body), look.capitals, look.bold, _rank_of_label(paragraph))


def _rank_of_label(paragraph: Paragraph) -> int:
    label = paragraph.number.label if paragraph.number is not None else ""
    if not label:
        text = " ".join(paragraph.text.split())
        found = find_label(text, heading=True)
        label = text if is_only_label(text) else found.label if found else ""
    word = label.split()[0].lower() if label else ""
    if word in ("part", "title", "book", "teil", "partie", "annex", "appendix", "schedule"):
        return 4
    if word in ("chapter", "kapitel", "chapitre"):
        return 3
    numbers = re.findall(r"\d+", label)
    return 2 if len(numbers) == 1 else 1 if numbers else 0


def _stands_out(paragraph: Paragraph, body: int) -> bool:
    text, look = " ".join(paragraph.text.split()), paragraph.look
    if not text or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if paragraph.table is not None or paragraph.pieces or not any(c.isalpha() for c in text):
        return False
    if look.framed or text.lower() in ("and", "or", "either", "and/or"):
        return False
    number = paragraph.number
    if number is not None and (number.bullet or number.label[-1:] == ")"):
        return False
    if re.search(r"[.,;!]$", text) and not is_only_label(text):
        return False
    if re.match(r"[(\[•●▪–—-]", text) or any(run.note for run in paragraph.runs[:1]):
        return False
    if text[0].islower() or re.match(r"(?:note|source|figure|table|fig\.?|box)\b", text, re.I):
        return False
    larger = look.size * 100 >= body * 115
    return larger or look.bold or (look.underlined and find_label(text, True) is not None)


def _is_followed_by_like(paragraphs: Sequence[Paragraph], number: int, body: int) -> bool:
    """Whether lines of the same look go on behind it: an address or a slogan, not a heading."""
    look = paragraphs[number].look
    run = 0
    for paragraph in paragraphs[number + 1 : number + 4]:
        if paragraph.table is None and _stands_out(paragraph, body) and paragraph.look == look:
            run += 1
        else:
            break
    return run >= 3


def find_title(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The line of a cover that is set largest, where no style says what the title is."""
    body = body_size(paragraphs)
    cover: list[Paragraph] = []
    for paragraph in paragraphs[:12]:
        if paragraph.table is not None or (paragraph.level and cover):
            break
        if paragraph.pieces:
            continue
        if len(paragraph.text) > 200 or _is_sentence(paragraph.text):
            break
        cover.append(paragraph)
    numbered = [p for p in paragraphs if _is_numbered(p)]
    large = [
        p
        for p in cover
        if p.look.size * 10 >= body * 12
        and len(p.text.split()) > 1
        and not (_is_numbered(p) and sum(q.look.size == p.look.size for q in numbered) > 1)
    ]
    if large:
        return max(large, key=lambda p: (p.look.size, p.look.bold))
    centred = [p for p in cover if p.look.centred and (p.look.bold or p.look.capitals)]
    return centred[0] if centred else None


def _is_numbered(paragraph: Paragraph) -> bool:
    """Whether a line begins with a number: with others as large, it is the first chapter's."""
    return paragraph.number is not None or find_label(paragraph.text, heading=True) is not None
