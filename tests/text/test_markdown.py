import time

import pytest

from consult.text import MAX_SOURCE, render_markdown
from tests.limits import HANGING
from tests.text.proof import COMMENT, assert_harmless

REL = 'rel="nofollow ugc noopener noreferrer"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("# Loud *words*", "<p><strong>Loud <em>words</em></strong></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("7. seventh", "<ul>\n<li>7. seventh</li>\n</ul>"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("<b>x</b> &amp; &copy;", "<p>&lt;b&gt;x&lt;/b&gt; &amp;amp; &amp;copy;</p>"),
        ("words\n---\nwords", "<p>words<br>\n---<br>\nwords</p>"),
        ("[1]: a note", "<p>[1]: a note</p>"),
        ("    a letter's indent", "<p>a letter's indent</p>"),
        ("| a |\n|---|\n| b |", "<p>| a |<br>\n|---|<br>\n| b |</p>"),
        ("", ""),
    ],
)
def test_what_people_write_in_comments(source: str, html: str) -> None:
    assert render_markdown(source) == html


def test_images_are_links_to_them_and_nothing_is_fetched() -> None:
    assert "<img" not in render_markdown("![x](https://elsewhere.example/x.png)")


@pytest.mark.parametrize(
    ("source", "address", "shown"),
    [
        ("[x](https://a.example/?b=1&c=2)", "https://a.example/?b=1&amp;c=2", "x"),
        ("[x](mailto:a@b.example)", "mailto:a@b.example", "x"),
        ("<https://a.example>", "https://a.example", "https://a.example"),
        ("see https://a.example/b_c_d, yes", "https://a.example/b_c_d", None),
        ("(https://a.example/b_(c)).", "https://a.example/b_(c)", None),
        ("**https://a.example.**", "https://a.example", None),
        ("“https://a.example/b”", "https://a.example/b", None),
        ("见http://a.example/b。", "http://a.example/b", None),
        ("http://a.example/?b&c", "http://a.example/?b&amp;c", None),
    ],
)
def test_links_and_bare_addresses(source: str, address: str, shown: str | None) -> None:
    link = f'<a href="{address}" {REL}>{shown or address}</a>'
    assert link in render_markdown(source)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/sign-out",
        "sign-out",
        "#top",
        "?q=x",
        "javascript:alert(1)",
        "JaVaScRiPt&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https:evil.example",
        "https:/evil.example",
        "https:\\\\evil.example",
        "https:///evil.example",
        "https://department.example@evil.example",
        "https://department.example\\@evil.example",
        "ftp://a.example",
        "mailto:",
    ],
)
def test_what_is_no_link_stays_text(address: str) -> None:
    assert "<a" not in render_markdown(f"[x]({address}) [y](<{address}>) <{address}>")


def test_addresses_in_code_and_in_links_are_left_alone() -> None:
    assert "<a" not in render_markdown("`https://a.example`\n\n```\nhttps://a.example\n```")
    assert render_markdown("[https://a.example](https://b.example)").count("<a ") == 1


def test_emphasis_is_levelled_and_its_words_stay() -> None:
    html = render_markdown("*a " * 50 + "b* " * 50)
    assert html.count("<em>") == html.count("</em>") == 8
    assert html.count("a") == html.count("b") == 50


def test_control_characters_and_lone_surrogates_do_no_harm() -> None:
    html = render_markdown("a\x01b\x0cc \ud800 d\x7f")
    assert "a" in html and "b" in html and "?" not in html
    html.encode()


def test_length_is_refused_before_any_work() -> None:
    render_markdown("a" * MAX_SOURCE)
    with pytest.raises(ValueError, match="20000"):
        render_markdown("a" * (MAX_SOURCE + 1))


# Nesting has a limit of half a second below; the dearest of these are thousands of small blocks.
REPEATED = (
    "[", "<b>", ">", "> ", "*a ", "*a _b ", "**", "*a", "_a ", "&", "&amp;", "![", "[a](", "- ",
    "1. ", "\n", "> a\n", "http://", "http://a ", "<http://a", "](", "[]", "\\", "<!--", "<?",
    "a@", "a\n\n", "# a\n", "**a *b ", "[x](http://a) ", "a\n", "> - ", "<a ", "<", "`a", "~~~\n",
    "- *a*\n", "[*a*](http://a)", "***a***\n\n", "\u0316\u0301", "\u202e", "http://a.example)",
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_the_same_over_and_over_does_not_hang(piece: str) -> None:
    source = piece * (MAX_SOURCE // len(piece))
    began = time.process_time()
    html = render_markdown(source)
    assert time.process_time() - began < HANGING
    assert_harmless(html, COMMENT)


def test_nesting_does_not_hang() -> None:
    sources = [
        "[" * MAX_SOURCE,
        "<b>" * (MAX_SOURCE // 3),
        ">" * MAX_SOURCE,
        "*a " * (MAX_SOURCE // 3),
        "\n".join(" " * depth + "- a" for depth in range(190)),
        "*a " * 3300 + "b*" * 3300,
        "[" * 3000 + "a" + "](http://a)" * 1500,
        "".join("`" * length + " " for length in range(1, 199)),
        "http://a.example/" + "(" * 19_000,
        "http://a.example/" + ")" * 19_000,
    ]
    for source in sources:
        began = time.process_time()
        assert_harmless(render_markdown(source[:MAX_SOURCE]), COMMENT)
        assert time.process_time() - began < HANGING
