from tests.importing.reading import draft_of, messages, outline, title


def test_headings_paragraphs_and_lists() -> None:
    draft = draft_of(
        "# Street tree policy\n\nIntro *text*.\n\n## 3 Planting\n\n"
        "1. First\n2. Second\n   - inner\n\n     more of inner\n3. Third\n\n- bullet\n",
        "trees.md",
    )
    assert title(draft) == "Street tree policy"
    assert outline(draft) == [
        ("paragraph", 0, "", "Intro text."),
        ("heading", 1, "3", "Planting"),
        ("item", 1, "1.", "First"),
        ("item", 1, "2.", "Second"),
        ("item", 2, "", "inner"),
        ("paragraph", 0, "", "more of inner"),
        ("item", 1, "3.", "Third"),
        ("item", 1, "", "bullet"),
    ]
    assert draft.blocks[1].html == "Intro <em>text</em>."


def test_numbers_that_rise_are_kept_and_equal_ones_are_counted() -> None:
    kept = draft_of("# T\n\n3. three\n5. five\n", "t.md")
    counted = draft_of("# T\n\n1. one\n1. two\n", "t.md")
    assert [block.label for block in kept.blocks[1:]] == ["3.", "5."]
    assert [block.label for block in counted.blocks[1:]] == ["1.", "2."]


def test_list_goes_on_behind_a_paragraph_between() -> None:
    draft = draft_of("# T\n\n1. one\n\nBetween.\n\n2. two\n", "t.md")
    assert [(b.label, b.text) for b in draft.blocks[1:]] == [
        ("1.", "one"),
        ("", "Between."),
        ("2.", "two"),
    ]


def test_letters_and_roman_numerals_are_lists_too() -> None:
    draft = draft_of(
        "# T\n\nIt:\n\na.  saves\n    money;\nb.  helps:\n\n    i.  people;\n    ii. trees.\n\n"
        "(a) in brackets\n(b) as well\n",
        "t.md",
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "It:"),
        ("item", 1, "a.", "saves money;"),
        ("item", 1, "b.", "helps:"),
        ("item", 2, "i.", "people;"),
        ("item", 2, "ii.", "trees."),
        ("item", 1, "(a)", "in brackets"),
        ("item", 1, "(b)", "as well"),
    ]


def test_letter_in_brackets_at_the_start_of_a_wrapped_line_is_no_item() -> None:
    draft = draft_of(
        "# T\n\nAs defined in paragraph\n(b) of the rules and in section\n(a) here.\n", "t.md"
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "As defined in paragraph (b) of the rules and in section (a) here.")
    ]


def test_person_with_an_initial_is_no_item() -> None:
    assert outline(draft_of("# T\n\nA. Smith was appointed.\n", "t.md"))[0][0] == "paragraph"


def test_typed_paragraph_numbers_are_labels() -> None:
    draft = draft_of("# T\n\n**1.** First one.\n\n1.1 Sub one.\n1.2 Sub two.\n", "t.md")
    assert outline(draft) == [
        ("paragraph", 0, "1.", "First one."),
        ("paragraph", 0, "1.1", "Sub one."),
        ("paragraph", 0, "1.2", "Sub two."),
    ]


def test_bare_numbers_count_paragraphs_only_in_a_row() -> None:
    numbered = draft_of("# T\n\n1 One tree.\n\n2 Two trees.\n\n3 Three trees.\n", "t.md")
    assert [b.label for b in numbered.blocks[1:]] == ["1", "2", "3"]
    alone = draft_of("# T\n\n15 Trees were felled.\n\nText.\n", "t.md")
    assert outline(alone)[0] == ("paragraph", 0, "", "15 Trees were felled.")


def test_table_is_one_block_with_a_head() -> None:
    draft = draft_of("# T\n\n| Tree | Height |\n|---|---|\n| **Oak** | 20 m |\n", "t.md")
    assert [b.kind for b in draft.blocks] == ["title", "table"]
    assert draft.blocks[1].html == (
        '<table><thead><tr><th scope="col">Tree</th><th scope="col">Height</th></tr></thead>'
        "<tbody><tr><td><strong>Oak</strong></td><td>20 m</td></tr></tbody></table>"
    )


def test_tables_drawn_with_lines_are_tables() -> None:
    simple = "# T\n\n  Tree   Height\n  ------ -------\n  Oak    20 m\n  Elm    30 m\n\nAfter.\n"
    grid = "# T\n\n+------+-----+\n| Tree | m   |\n+======+=====+\n| Oak  | 20  |\n+------+-----+\n"
    assert outline(draft_of(simple, "t.md")) == [
        ("table", 0, "", "Tree Height Oak 20 m Elm 30 m"),
        ("paragraph", 0, "", "After."),
    ]
    assert '<th scope="col">Tree</th>' in draft_of(grid, "t.md").blocks[1].html


def test_notes_stand_behind_the_paragraph_that_calls_them() -> None:
    draft = draft_of(
        "# T\n\nOne[^1] and two[^long].\n\nNext.\n\n[^1]: First note.\n[^long]: Second *note*.\n",
        "t.md",
    )
    assert outline(draft) == [
        ("paragraph", 0, "", "One and two."),
        ("note", 0, "1", "First note."),
        ("note", 0, "2", "Second note."),
        ("paragraph", 0, "", "Next."),
    ]
    assert draft.blocks[1].html == 'One<sup class="note">1</sup> and two<sup class="note">2</sup>.'


def test_calls_of_notes_that_pandoc_made_links_of_are_calls() -> None:
    draft = draft_of("# T\n\nOne.[^9^](#fn9){#fnref9\n.footnoteRef} Two.\n\n[^9]: Note.\n", "t.md")
    assert outline(draft) == [("paragraph", 0, "", "One. Two."), ("note", 0, "1", "Note.")]


def test_prose_that_is_indented_like_code_is_prose() -> None:
    draft = draft_of(
        "# T\n\n```\nCopyright\n```\n\n    **Example 2:** if it\n    were so[^1], then:\n\n"
        "After.\n\n    x = y ** 2\n    print(x)\n\n[^1]: Note.\n",
        "t.md",
    )
    assert outline(draft) == [
        ("code", 0, "", "Copyright"),
        ("paragraph", 0, "", "Example 2: if it were so, then:"),
        ("note", 0, "1", "Note."),
        ("paragraph", 0, "", "After."),
        ("code", 0, "", "x = y ** 2 print(x)"),
    ]


def test_headings_that_are_nothing_but_numbers_number_their_paragraphs() -> None:
    numbered = "".join(f"##### {n}\n\nParagraph {n} says so.\n\n" for n in range(1, 5))
    draft = draft_of(f"# T\n\n## Purpose\n\n{numbered}", "t.md")
    assert outline(draft) == [
        ("heading", 1, "", "Purpose"),
        *(("paragraph", 0, str(n), f"Paragraph {n} says so.") for n in range(1, 5)),
    ]


def test_chapters_that_have_numbers_for_names_stay_headings() -> None:
    chapters = "".join(f"## {n}\n\nParagraph {n} says so.\n\n" for n in range(1, 5))
    draft = draft_of(f"# T\n\n{chapters}## Afterword\n\nThanks.\n", "t.md")
    assert [block.kind.value for block in draft.blocks[1:]] == ["heading", "paragraph"] * 5


def test_notes_that_nobody_calls_and_doubled_ones_stay() -> None:
    draft = draft_of("# T\n\nOne[^1].\n\n[^1]: kept\n[^1]: doubled\n[^9]: lonely\n", "t.md")
    text = " ".join(block.text for block in draft.blocks)
    assert all(word in text for word in ("kept", "doubled", "lonely"))


def test_front_matter_gives_title_and_language() -> None:
    draft = draft_of(
        "---\ntitle: 'Tree policy'\nlang: en-GB\nlayout: page\n---\n\n## Aims\n\nText.\n", "x.md"
    )
    assert title(draft) == "Tree policy"
    assert draft.language == "en-GB"
    assert outline(draft)[0] == ("heading", 1, "", "Aims")
    assert "layout" in messages(draft)


def test_title_twice_is_one_title() -> None:
    draft = draft_of("---\ntitle: Tree policy\n---\n\n# Tree Policy\n\nText.\n", "x.md")
    assert [b.text for b in draft.blocks] == ["Tree Policy", "Text."]


def test_line_across_the_page_is_no_front_matter() -> None:
    draft = draft_of("---\n\nNot settings, but prose.\n\n---\n\nMore.\n", "x.md")
    assert "Not settings, but prose." in [b.text for b in draft.blocks]


def test_attributes_and_directives_of_site_generators_go() -> None:
    draft = draft_of(
        "# T\n\n{:.intro}\nText. {: #anchor}\n\n{% include nav.html %}\n\n## Head {#head .x}\n",
        "x.md",
    )
    assert outline(draft) == [("paragraph", 0, "", "Text."), ("heading", 1, "", "Head")]
    assert "braces" in messages(draft) and "site generator" in messages(draft)


def test_heading_without_a_blank_is_a_heading() -> None:
    draft = draft_of("# T\n\n##Planting\n\n##1. Felling\n", "x.md")
    assert outline(draft) == [("heading", 1, "", "Planting"), ("heading", 1, "1.", "Felling")]


def test_html_within_markdown_is_read() -> None:
    draft = draft_of(
        "# T\n\n<h2>Raw</h2>\n<div>\n\nInner **bold**.\n\n</div>\n\n"
        '<ol type="A">\n\n\t<li>Item</li>\n\n</ol>\n\n<script>alert(1)</script>\n',
        "x.md",
    )
    assert outline(draft) == [
        ("heading", 1, "", "Raw"),
        ("paragraph", 0, "", "Inner bold."),
        ("item", 1, "A.", "Item"),
    ]


def test_gap_to_fill_in_is_text() -> None:
    draft = draft_of("# T\n\nThe <name of department> decides.\n", "x.md")
    assert draft.blocks[1].text == "The <name of department> decides."


def test_quotations_and_code() -> None:
    draft = draft_of("# T\n\n> Said\n> twice.\n\n```\na  <b>\n  c\n```\n", "x.md")
    assert outline(draft)[0] == ("quotation", 0, "", "Said twice.")
    assert draft.blocks[2].kind == "code"
    assert draft.blocks[2].html == "a  &lt;b&gt;\n  c"


def test_only_safe_and_complete_links_stay_links() -> None:
    draft = draft_of(
        "# T\n\n[a](https://example.org/x) [b](javascript:alert(1)) [c](/local) <me@example.org>\n",
        "x.md",
    )
    html = draft.blocks[1].html
    assert 'href="https://example.org/x"' in html and 'href="mailto:me@example.org"' in html
    assert "javascript" not in html and "/local" not in html
    assert "b" in draft.blocks[1].text and "c" in draft.blocks[1].text
    assert "2 links" in messages(draft)


def test_pictures_leave_their_description() -> None:
    draft = draft_of("# T\n\nSee ![A map of trees](map.png) here.\n", "x.md")
    assert outline(draft) == [
        ("paragraph", 0, "", "See here."),
        ("figure", 0, "", "A map of trees"),
    ]
    assert "line 3: A picture is not in the file" in messages(draft)


def test_list_of_contents_goes() -> None:
    draft = draft_of(
        "# T\n\n## Contents\n\n- [One](#one)\n- [Two](#two)\n- [Three](#three)\n\n## One\n\nText.\n",
        "x.md",
    )
    assert outline(draft) == [("heading", 1, "", "One"), ("paragraph", 0, "", "Text.")]
    assert "list of contents" in messages(draft)


def test_line_breaks_stay() -> None:
    draft = draft_of("# T\n\nOne  \ntwo\\\nthree\n", "x.md")
    assert draft.blocks[1].html == "One<br>two<br>three"


def test_setext_headings() -> None:
    draft = draft_of("Tree policy\n===========\n\nAims\n----\n\nText.\n", "x.md")
    assert title(draft) == "Tree policy"
    assert outline(draft)[0] == ("heading", 1, "", "Aims")


def test_definitions() -> None:
    draft = draft_of("# T\n\nTree\n:   A tall plant.\n", "x.md")
    assert [block.html for block in draft.blocks[1:]] == ["<strong>Tree</strong>", "A tall plant."]
