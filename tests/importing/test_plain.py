from tests.importing.reading import draft_of, messages, outline, title

BY_LAWS = """\
                        Street Tree By-laws

   Made by the council on a fine day in March, and in force
   until somebody makes better ones.

1. Introduction

   These by-laws say who may plant, water, prune and fell the
   trees that stand in streets.

   They are short.

2. Planting

  2.1. Who plants

   The council plants. Each of the following may ask it to:
    1. anybody who lives in the street, has lived there, or is
       about to;
    2. a school;
       A school is any place where somebody teaches somebody
       something.
         (a) of the council; or
         (b) of somebody else.
    9. a shop;
   10. a church.

  2.2. Where

   In streets that are wide enough, as section
   2.1 of the other by-laws and paragraph
   (b) of their annex have it.
"""


def test_clauses_in_a_wrapped_text() -> None:
    draft = draft_of(BY_LAWS, "by-laws.txt")
    assert title(draft) == "Street Tree By-laws"
    assert outline(draft) == [
        (
            *("paragraph", 0, ""),
            "Made by the council on a fine day in March, and in force until somebody makes better ones.",
        ),
        ("heading", 1, "1.", "Introduction"),
        (
            *("paragraph", 0, ""),
            "These by-laws say who may plant, water, prune and fell the trees that stand in streets.",
        ),
        ("paragraph", 0, "", "They are short."),
        ("heading", 1, "2.", "Planting"),
        ("heading", 2, "2.1.", "Who plants"),
        ("paragraph", 0, "", "The council plants. Each of the following may ask it to:"),
        ("item", 1, "1.", "anybody who lives in the street, has lived there, or is about to;"),
        ("item", 1, "2.", "a school;"),
        (
            *("paragraph", 0, ""),
            "A school is any place where somebody teaches somebody something.",
        ),
        ("item", 2, "(a)", "of the council; or"),
        ("item", 2, "(b)", "of somebody else."),
        ("item", 1, "9.", "a shop;"),
        ("item", 1, "10.", "a church."),
        ("heading", 2, "2.2.", "Where"),
        (
            *("paragraph", 0, ""),
            "In streets that are wide enough, as section 2.1 of the other by-laws and paragraph (b) of"
            " their annex have it.",
        ),
    ]


def test_one_line_for_each_paragraph() -> None:
    long = (
        "The council plants trees wherever there is room for them and somebody who waters them. "
        * 3
    )
    draft = draft_of(
        f"Tree policy\n\nAIMS\n\n1.1 {long}\n1.2 {long}\n(a) oaks;\n(b) elms;\n(i) young;\n"
        f"(ii) old.\n\nMeans\n\n{long}\n",
        "policy.txt",
    )
    assert [row[:3] for row in outline(draft)] == [
        ("heading", 1, ""),
        ("paragraph", 0, "1.1"),
        ("paragraph", 0, "1.2"),
        ("item", 1, "(a)"),
        ("item", 1, "(b)"),
        ("item", 2, "(i)"),
        ("item", 2, "(ii)"),
        ("heading", 2, ""),
        ("paragraph", 0, ""),
    ]


def test_underlined_headings() -> None:
    draft = draft_of(
        "Tree policy\n===========\n\nAims\n----\n\nText about the aims.\n\n"
        "Means\n-----\n\nText about means.\n",
        "x.txt",
    )
    assert title(draft) == "Tree policy"
    assert outline(draft)[0] == ("heading", 1, "", "Aims")
    assert outline(draft)[2] == ("heading", 1, "", "Means")


def test_hyphens_at_the_ends_of_lines_are_kept() -> None:
    draft = draft_of(
        "Tree policy\n\nThe council and its non-\nprofit partners make two-\nand three-year plans for every"
        " street.\n",
        "x.txt",
    )
    assert outline(draft)[0][3] == (
        "The council and its non-profit partners make two- and three-year plans for every street."
    )


def test_bullets_and_wrapped_dashes() -> None:
    draft = draft_of(
        "Tree policy\n\nTrees are:\n- tall and old, which people like\n  a great deal;\n- green.\n\n"
        "* oak\n* elm\n",
        "x.txt",
    )
    assert outline(draft)[1:] == [
        ("item", 1, "", "tall and old, which people like a great deal;"),
        ("item", 1, "", "green."),
        ("item", 1, "", "oak"),
        ("item", 1, "", "elm"),
    ]


def test_numbered_list_with_gaps_is_no_row_of_headings() -> None:
    draft = draft_of(
        "Tree policy\n\nWe plant:\n\n1. Oaks\n\n2. Elms\n\n3. Limes\n\nThat is all we do here.\n",
        "x.txt",
    )
    assert [row[0] for row in outline(draft)[1:4]] == ["paragraph"] * 3
    assert [row[2] for row in outline(draft)[1:4]] == ["1.", "2.", "3."]


def test_articles_with_their_names_on_the_next_line() -> None:
    draft = draft_of(
        "Tree convention\n\nPART I\n\nGENERAL\n\nArticle 1\n\nThe parties plant trees.\n\nArticle 2\n\n"
        "1. The parties water trees.\n\n2. They prune them.\n",
        "x.txt",
    )
    kinds = [(row[0], row[2], row[3]) for row in outline(draft)]
    assert ("heading", "PART I", "GENERAL") in kinds
    assert ("heading", "", "Article 2") in kinds
    assert ("paragraph", "2.", "They prune them.") in kinds


def test_drawing_made_of_characters_stays_as_it_is() -> None:
    draft = draft_of(
        "Tree policy\n\nKinds:\n\n  +-----+----+\n  | oak | 20 |\n  +-----+----+\n\nEnd.\n", "x.txt"
    )
    assert draft.blocks[2].kind == "code"
    assert draft.blocks[2].html == "+-----+----+\n| oak | 20 |\n+-----+----+"


def test_notes_at_the_end() -> None:
    draft = draft_of(
        "Tree policy\n\nTrees are old[1] and tall [2].\n\nMore of it.\n\n[1] Some of them.\n\n[2] Not all.\n",
        "x.txt",
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "Trees are old and tall."),
        ("note", 0, "1", "Some of them."),
        ("note", 0, "2", "Not all."),
        ("paragraph", 0, "", "More of it."),
    ]


def test_address_keeps_its_lines() -> None:
    draft = draft_of(
        "Tree policy\n\nWrite to:\n\nThe Tree Office\n1 Green Street\nOaktown\n\nThank you very much.\n",
        "x.txt",
    )
    assert "The Tree Office<br>1 Green Street<br>Oaktown" in [block.html for block in draft.blocks]


def test_control_characters_go_and_are_counted() -> None:
    draft = draft_of(b"Tree policy\n\nTree\x00s are\x1b[31m red.\n", "x.txt")
    assert draft.blocks[1].text == "Trees are[31m red."
    assert str(draft.findings[0]) == "line 3: 2 invisible control characters were left out."


BILL = """\
                                 A BILL

    To plant trees in the streets of the town, and for other purposes that people
like.

SECTION 1. SHORT TITLE.

    This Act may be cited as the ``Tree Act'' wherever somebody cites it at all in a
text.

SEC. 2. DEFINITIONS.

    In this Act:
            (1) Administrator.--The term ``Administrator'' means the person who
        administers the trees of the town, their roots and all of their leaves.
            (2) Tree.--The term ``tree'' means a plant that is--
                    (A) tall; or
                    (B) old, where old is what the Administrator takes to be old
                in the street where it stands.
"""


def test_first_lines_that_are_set_in() -> None:
    draft = draft_of(BILL, "bill.txt")
    assert title(draft) == "A BILL"
    assert [row[:3] for row in outline(draft)] == [
        ("paragraph", 0, ""),
        ("heading", 1, "SECTION 1."),
        ("paragraph", 0, ""),
        ("heading", 1, "SEC. 2."),
        ("paragraph", 0, ""),
        ("item", 1, "(1)"),
        ("item", 1, "(2)"),
        ("item", 2, "(A)"),
        ("item", 2, "(B)"),
    ]
    assert outline(draft)[5][3].endswith("and all of their leaves.")


def test_paragraphs_told_apart_by_their_first_line_alone() -> None:
    text = "word " * 14
    draft = draft_of(
        f"Tree policy\n\n     {text}\n{text}\nend of one.\n     {text}\n{text}\nend of two.\n",
        "x.txt",
    )
    assert [row[3][-4:] for row in outline(draft)] == ["one.", "two."]


def test_pages_go_and_paragraphs_go_on_over_them() -> None:
    head, foot = (
        "Town of Oaks          Tree policy          March",
        "Council                               [Page {}]",
    )
    pages = [
        "Tree policy\n\nThe first paragraph goes on for\nmore than a page",
        "of paper and ends here.\n\nThe second stays.",
        "The third stays as well.",
        "The fourth is the last of them.",
    ]
    text = "\f".join(f"{head}\n\n{page}\n\n{foot.format(n)}\n" for n, page in enumerate(pages, 1))
    draft = draft_of(text, "x.txt")
    assert [block.text for block in draft.blocks] == [
        "Tree policy",
        "The first paragraph goes on for more than a page of paper and ends here.",
        "The second stays.",
        "The third stays as well.",
        "The fourth is the last of them.",
    ]
    assert "page headers and footers" in messages(draft)
