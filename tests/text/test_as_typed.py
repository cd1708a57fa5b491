"""What people typed is what others read: nothing is counted anew, dropped or joined."""

import time

import pytest

from consult.text import MAX_SOURCE, plain_text, render_markdown
from tests.limits import HANGING


@pytest.mark.parametrize(
    "source",
    [
        "My answers:\n\n1. Yes\n3. No\n7. Later",
        "My answers:\n1. Yes\n3. No\n7. Later",
        "2) Trees\n5) Buses",
        "2.\n5.\n7.",
        "2) 5)",
        "1. 3. 7.",
        "4. 9. and 11. are good",
        "12. 5. 2026 was too early",
        "1) a\n1) b\n1) c",
        "9. last\n8. before\n7. first",
        "07. July\n08. August",
        "0. nothing\n00. nothing at all",
        "1066. That was long ago.",
        "2026. That was a year.\n\n1986. So was that.",
        "123456789. the longest\n999999999. longer",
        "1234567890. longer than any",
        "1. one\n   4. four\n   6. six\n3. three",
        "1. one\n   - dash\n   + plus\n   * star\n3. three\n\n   more of three\n\n5. five",
        "1. one\n\n   ```\n   code\n   ```\n\n4. four".replace("```\n", ""),
        "10. # ten\n12. twelve",
        "- 1. first\n- 3. third",
        "1. - a\n   - b",
        "1.   wide\n5.\ttabbed",
        "3. three\n4) four\n6. six",
        "+ a good place\n- a bad price\n+ a good name",
        "- 3 % for heat\n+ 5 % for rent",
        "Price: 20*\n\n* without tax",
        "- - -",
        "* * *",
        "***",
        "5*3*2 = 30",
        "2*3*4 and 2**3**4 and 2 * 3 * 4",
        "a*b*c, f(x)*g(x)*h, (a+b)*c*(d), f(x)*g(x)*(h)",
        "5%*3*2, 5€*3*(2), x²*y*z, -5*3*-2, 3*元*5, 价格5*3*2",
        "un*believ*able M*A*S*H sh*t",
        "10* or 20*, f*** and g***",
        "snake_case_name, x_1_2, (x)_1_(y), 2__3__4",
        "12` and 14`, 51° 30` 26``",
        "#1 priority",
        "# 1 priority",
        "## 3 of them",
        "#",
        "# I like C #",
        ">50 dB is too loud",
        ">=50 dB",
        "> 50 dB is too loud\n\n< 30 dB is fine",
        "a < b & c > d, AT&T, R&D;, &lt;b&gt; &amp; &copy; &#39;",
        "<b>no</b> <!-- remark --> <?php ?> <a href=x>",
        "~~no~~ ~5~",
        "~~~~~~~~~~\nNews\n~~~~~~~~~~",
        "```yes and no\nwhat next",
        "(c) (r) (tm) +- ... -- --- \"quoted\" 'quoted'",
        "Title\n---\nwords\n===\nmore",
        "---",
        "C:\\new\\folder\\",
        "\\\\server\\share\\.git",
        "one\\\ntwo",
        "\\(x\\) \\$ \\, \\/",
        "    indented\n        more",
        "12 High Street\n   Anytown\n\tAB1 2CD",
        "[1]: a note\n[x] done\n[ ] to do",
        "| a |\n|---|\n| 3 |",
        "a:b:c http:/x x@y",
        ">" * 30 + " deep",
        "1. " * 30 + "deep",
    ],
)
def test_what_was_typed_is_what_is_read(source: str) -> None:
    read = plain_text(render_markdown(source))
    if source.startswith("10. #"):
        source = source.replace("# ", "")
    if source.startswith(">" * 30):
        read, source = read.lstrip("> "), source.lstrip("> ")
    assert read == " ".join(source.split())


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("1. Yes\n3. No", "<ul>\n<li>1. Yes</li>\n<li>3. No</li>\n</ul>"),
        ("1. Yes\n\n3) No", "<ul>\n<li>1. Yes</li>\n</ul>\n<ul>\n<li>3) No</li>\n</ul>"),
        (
            "1. one\n   4. four\n3. three",
            "<ul>\n<li>1. one<br>\n4. four</li>\n<li>3. three</li>\n</ul>",
        ),
        (
            "1. one\n   1. two\n   3. three",
            "<ul>\n<li>1. one\n<ul>\n<li>1. two</li>\n<li>3. three</li>\n</ul>\n</li>\n</ul>",
        ),
        (
            "3. **a**\n\n   b\n\n5. > c",
            "<ul>\n<li>\n<p>3. <strong>a</strong></p>\n<p>b</p>\n</li>\n"
            "<li>5. <blockquote>\n<p>c</p>\n</blockquote>\n</li>\n</ul>",
        ),
        ("* a\n* b", "<ul>\n<li>* a</li>\n<li>* b</li>\n</ul>"),
    ],
)
def test_lists_are_lists_and_say_their_marks(source: str, html: str) -> None:
    assert render_markdown(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("the *whole* plan", "<p>the <em>whole</em> plan</p>"),
        ("(*not* “**yet**”), *so*!", "<p>(<em>not</em> “<strong>yet</strong>”), <em>so</em>!</p>"),
        ("_a_ __b__ ***c***", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>"),
        ("**Article 5**(2)", "<p><strong>Article 5</strong>(2)</p>"),
        ("either/*or*", "<p>either/<em>or</em></p>"),
        ("5 *whole* 3", "<p>5 <em>whole</em> 3</p>"),
        ("2*3 is *not* 3*2", "<p>2*3 is <em>not</em> 3*2</p>"),
        ("*2*3 is even*", "<p><em>2*3 is even</em></p>"),
        ("这是*重点*内容", "<p>这是<em>重点</em>内容</p>"),
        ("这是**重点。**内容", "<p>这是<strong>重点。</strong>内容</p>"),
        ("これは**「強調」**です", "<p>これは<strong>「強調」</strong>です</p>"),
        ("이것은 *강조*는", "<p>이것은 <em>강조</em>는</p>"),
        ("นี่*สำคัญ*มาก", "<p>นี่<em>สำคัญ</em>มาก</p>"),
        ("第*3*条", "<p>第<em>3</em>条</p>"),
        ("هذا *مهم* جدا", "<p>هذا <em>مهم</em> جدا</p>"),
        ("see `a*b*c`", "<p>see <code>a*b*c</code></p>"),
        (r"\*a\* \_b\_ \`c\` \[d\](e)", "<p>*a* _b_ `c` [d](e)</p>"),
        ("1986\\. A year\n\\- so\n\\# so\n\\> so", "<p>1986. A year<br>\n- so<br>\n# so<br>\n&gt; so</p>"),
        ("# Loud *words*", "<p><strong>Loud <em>words</em></strong></p>"),
        ("```py\na = 1\n```", "<pre><code>a = 1\n</code></pre>"),
    ],
)  # fmt: skip
def test_what_is_meant_as_markdown_still_works(source: str, html: str) -> None:
    assert render_markdown(source) == html


def test_nobody_is_quoted_with_words_of_somebody_else() -> None:
    html = render_markdown("> Trees are dear.\nI do not think so.\n\n> > Really?\n> No.\nYes.")
    assert html == (
        "<blockquote>\n<p>Trees are dear.</p>\n</blockquote>\n<p>I do not think so.</p>\n"
        "<blockquote>\n<blockquote>\n<p>Really?</p>\n</blockquote>\n<p>No.</p>\n</blockquote>\n"
        "<p>Yes.</p>"
    )


def test_several_lines_with_numbers_may_be_quoted() -> None:
    html = render_markdown("> 3.12 The council\n> shall plant trees.")
    assert html == "<blockquote>\n<p>3.12 The council<br>\nshall plant trees.</p>\n</blockquote>"


@pytest.mark.parametrize(
    "piece",
    ["1. - ", "- 1) ", "> 1. ", ">\n> 5\n", "*5", "5*a", "`5", "5`a", "这*是", "\\*", "1\\.\n"],
)
def test_no_rule_of_ours_hangs(piece: str) -> None:
    began = time.process_time()
    render_markdown(piece * (MAX_SOURCE // len(piece)))
    assert time.process_time() - began < HANGING
