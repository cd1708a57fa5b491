"""What people wrote, as letters carry it: in lines of text, and in HTML for mail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.text import render_markdown
from consult.text.lettering import html_of, letter_html, letter_lines, without_links
from tests.text.proof import COMMENT, assert_harmless


def lines(source: str, width: int = 60) -> list[str]:
    return letter_lines(render_markdown(source), width)


def test_an_answer_comes_in_the_lines_in_which_it_was_written() -> None:
    source = """Good morning,

our answers:

1. Noise is *measured*.
3) Lamps go off at 11.

10. Later:

    - buses
    - trams

    in **that** order

> You asked why.
> > And when.

See [the plan](https://a.example/plan?a=1&b=2), https://a.example/b_c and <mail@a.example>.

```
x  =  10^6
  y
```

Yours sincerely
the streets team"""
    assert lines(source) == [
        "Good morning,",
        "",
        "our answers:",
        "",
        "1. Noise is *measured*.",
        "",
        "3) Lamps go off at 11.",
        "",
        "10. Later:",
        "",
        "    - buses",
        "    - trams",
        "",
        "    in **that** order",
        "",
        "> You asked why.",
        ">",
        "> > And when.",
        "",
        "See the plan <https://a.example/plan?a=1&b=2>,",
        "https://a.example/b_c and mail@a.example.",
        "",
        "    x  =  10^6",
        "      y",
        "",
        "Yours sincerely",
        "the streets team",
    ]


def test_long_lines_are_divided_below_their_beginning() -> None:
    assert lines("12. " + "lamp " * 8 + "\n13. > " + "pole " * 8, 30) == [
        "12. lamp lamp lamp lamp lamp",
        "    lamp lamp lamp",
        "13. > pole pole pole pole pole",
        "    > pole pole pole",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> H<sub>2</sub>O x<sup>n+1</sup>", "10^6 H_2O x^(n+1)"),
        ("<p>5*3*2 &lt; 40 &amp; 10⁶</p>", "5*3*2 < 40 & 10⁶"),
        ("<p>10 000 lamps</p>", "10 000 lamps"),
        ('<ol start="7"><li>a</li><li>b</li></ol>', "7. a\n8. b"),
        ("<ul><li>a</li><li>3. b</li><li>1066.</li></ul>", "- a\n3. b\n1066."),
        ("<table><tbody><tr><td>a</td><td>1</td></tr><tr><td>b</td></tr></tbody></table>", "a | 1\nb"),
        ("<p><strong><a href='https://a.example'>https://a.example</a></strong></p>",
         "**<https://a.example>**"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_html_has_marks_for_stays_apart_in_plain_text(html: str, text: str) -> None:
    assert "\n".join(letter_lines(html, 60)) == text


def test_addresses_stay_whole_and_other_long_words_do_not() -> None:
    address = "https://a.example/" + "b" * 300
    assert address in lines(f"see {address}")
    assert max(map(len, lines("c" * 5000 + "\n\n```\n" + "d" * 5000 + "\n```"))) <= 204


def test_direction_and_strange_separators_stay_in_their_line() -> None:
    html = "<p>a\u202eb\u2028c\x85d\u2067e</p><pre>f\u202e\u2028g</pre><p>-- <br>h</p>"
    said = letter_lines(html, 60)
    assert said == ["ab c de", "", "    f", "    g", "", "--", "h"]
    assert not set("\u202e\u2067\u2028\x85") & set(letter_html(html))


def test_html_for_mail_is_safe_and_needs_no_style_sheet() -> None:
    html = render_markdown("1. [x](https://a.example)\n3. y") + '<img src="https://b.example/x">'
    html += f'<img src="/figures/{"0" * 64}" alt="a tree &amp;"><script>1</script>'
    assert letter_html(html) == (
        '<ul style="list-style: none; padding: 0 1em">\n<li>1. <a href="https://a.example" '
        'rel="nofollow ugc noopener noreferrer">x</a></li>\n<li>3. y</li>\n</ul>a tree &amp;'
    )


def test_words_of_others_are_all_there_and_none_is_a_link() -> None:
    source = (
        "Trees.They say [here](https://a.example/x) *evil.*example or b@c.example, 3.12 e.g. 5!"
    )
    html = without_links(render_markdown(source))
    assert html == (
        "<p>Trees[.]They say here &lt;https[:]//a[.]example/x&gt; *evil.*example or "
        "b[at]c[.]example, 3.12 e.g. 5!</p>"
    )
    assert without_links("<p>a<em>.exa</em>mple h<em>ttps:</em>//x</p><p>.yes</p>") == (
        "<p>a<em>[.]exa</em>mple h<em>ttps[:]</em>//x</p><p>.yes</p>"
    )


def test_plain_text_keeps_its_lines() -> None:
    assert (
        html_of("1. a <b>\n3. c\n\n\n d & e") == "<p>1. a &lt;b&gt;<br>3. c</p>\n<p>d &amp; e</p>"
    )
    assert html_of(" \n") == ""


@settings(deadline=None, max_examples=60)
@given(st.text("ab 1.)-*_>`[]()#<&:/@\n\t\u202e\u2067\u2028é中", max_size=60))
def test_any_words_make_lines_that_a_mail_server_takes(source: str) -> None:
    html = render_markdown(source)
    for version in (html, without_links(html)):
        assert_harmless(
            letter_html(version).replace(' style="list-style: none; padding: 0 1em"', ""), COMMENT
        )
        for line in letter_lines(version, 60):
            assert line == line.rstrip() and len(line.splitlines()) <= 1 and len(line) < 240
