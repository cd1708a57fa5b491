import pytest

from consult.importing.labels import find_label

PARAGRAPHS = [
    ("3.12 The council shall", "3.12", "The council shall"),
    ("(a) trees", "(a)", "trees"),
    ("A.1.2 Scope of this annex", "A.1.2", "Scope of this annex"),
    ("Section 2. Trees are counted", "Section 2.", "Trees are counted"),
    ("1) first", "1)", "first"),
    ("iv. fourth", "iv.", "fourth"),
    ("Question 4: Do you agree?", "Question 4", "Do you agree?"),
    ("12A. Inserted later", "12A.", "Inserted later"),
    ("1.—(1) These Regulations", "1.—(1)", "These Regulations"),
    ("4.1(a) Members", "4.1(a)", "Members"),
    ("§ 5 Zweck", "§ 5", "Zweck"),
    ("7\tA numbered paragraph", "7", "A numbered paragraph"),
    ("第一条 人人生而自由", "第一条", "人人生而自由"),
    ("（１）業務", "（１）", "業務"),
    ("３．業務内容", "３．", "業務内容"),
    ("المادة 1: الحرية", "المادة 1", "الحرية"),
]
HEADINGS = [
    ("3 Street trees", "3", "Street trees"),
    ("Annex A Map", "Annex A", "Map"),
    ("Article 5 Scope", "Article 5", "Scope"),
    ("PART II – Duties", "PART II", "Duties"),
    ("Chapter 1. Principles", "Chapter 1.", "Principles"),
    ("I. Introduction", "I.", "Introduction"),
]
NO_LABELS = [
    "[1984] 1 All ER 994",
    "2016 was a year of drought",
    "1,000 people replied",
    "3.5 million trees",
    "£3.12 a tree",
    "10.30 am is when it opens",
    "12.05.2016 is the date",
    "5 May 2016",
    "5. May 2016",
    "Section 5 of the Act applies",
    "Article 6 gives everyone a right",
    "A. Smith wrote this",
    "I agree with this",
    "e.g. trees",
    "(the) council",
    "(s)he must",
    "S.20 of the 1985 Act",
    "2.5 per cent of it",
    "18F is a team",
    "18F: a team",
]


@pytest.mark.parametrize(("text", "label", "rest"), PARAGRAPHS)
def test_number_before_a_paragraph_is_its_label(text: str, label: str, rest: str) -> None:
    found = find_label(text)
    assert found is not None
    assert (found.label, text[found.length :]) == (label, rest)


@pytest.mark.parametrize(("text", "label", "rest"), HEADINGS)
def test_heading_may_carry_a_bare_number(text: str, label: str, rest: str) -> None:
    found = find_label(text, heading=True)
    assert found is not None
    assert (found.label, text[found.length :]) == (label, rest)


@pytest.mark.parametrize("text", NO_LABELS)
def test_number_in_a_sentence_is_no_label(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(
    "text", ["Schedule 21 Equality Act 2010", "Part 2 Chapter 1 of 2002 Act", "30 June 2016"]
)
def test_heading_that_cites_a_law_or_names_a_day_has_no_label(text: str) -> None:
    assert find_label(text, heading=True) is None
