import pytest

from tests.text.proof import WORDING, assert_harmless

LINK = '<a href="{}" rel="nofollow ugc noopener noreferrer">x</a>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>a</p>",
        '<p style="color:red">a</p>',
        '<img src="x">',
        "<svg></svg>",
        "<!-- x -->",
        '<a href="https://a.example">x</a>',
        LINK.format("javascript:alert(1)"),
        LINK.format("//a.example"),
        LINK.format("data:text/html,x"),
    ],
)
def test_the_proof_can_fail(html: str) -> None:
    with pytest.raises(AssertionError):
        assert_harmless(html, WORDING)


def test_the_proof_lets_pass_what_is_allowed() -> None:
    assert_harmless(f"<p>a</p>{LINK.format('https://a.example')}", WORDING)
