"""The names under which originals are downloaded: chosen by strangers, harmless on every system."""

from urllib.parse import unquote

import pytest

from consult.drafts.models import Document, Version
from consult.importing.formats import FORMATS
from consult.originals.naming import content_type, disposition, file_name


def version(name: str, format_: str = "docx") -> Version:
    document = Document(slug="plan")
    return Version(document=document, number=2, source_name=name, source_format=format_)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Plan.docx", "Plan.docx"),
        ("Plan v2 (final).DOCX", "Plan v2 (final).docx"),
        ("plan.docm", "plan.docm"),
        ("", "plan-v2.docx"),
        (".docx", "docx.docx"),
        ("...", "plan-v2.docx"),
        ("../../etc/passwd", "passwd.docx"),
        ("C:\\Users\\smith\\Plan.docx", "Plan.docx"),
        ("plan.exe", "plan.exe.docx"),
        ("plan.docx.exe", "plan.docx.exe.docx"),
        ("plan.docx .", "plan.docx"),
        ('a"; filename="b.exe', "a ; filename= b.exe.docx"),
        ("a\r\nSet-Cookie: session=x.docx", "aSet-Cookie session=x.docx"),
        ("gpj\u202excod.docx", "gpjxcod.docx"),
        ("a\u200b\u2066b\ufeff.docx", "ab.docx"),
        ("a\x00b\x1b[31m.docx", "ab[31m.docx"),
        ("CON.docx", "_CON.docx"),
        ("nul", "_nul.docx"),
        ("Lpt1.tar.docx", "_Lpt1.tar.docx"),
        ("contract.docx", "contract.docx"),
        ("*?<>|:", "plan-v2.docx"),
        ("Bäume.docx", "Bäume.docx"),
        ("خطة.docx", "خطة.docx"),
    ],
)
def test_a_name_is_harmless_and_ends_in_what_the_file_is(given: str, expected: str) -> None:
    assert file_name(version(given)) == expected


@pytest.mark.parametrize("letter", ["x", "ü", "計", "🌳", "ﷺ"])
def test_a_name_fits_into_a_file_system(letter: str) -> None:
    name = file_name(version(letter * 300 + ".docx"))
    assert len(name.encode()) <= 255 and name.endswith(".docx") and name.startswith(letter)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("Plan.docx", "Plan.docx"),
        ("Bäume.docx", "Baume.docx"),
        ("計画.docx", "plan-v2.docx"),
        ("План 7.docx", "7.docx"),
        ("100%22 ü.docx", "100_22 u.docx"),
        # Wide forms of characters become the narrow ones where accents are taken off.
        ("a＂; filename=＂b＼c／d％41ü.docx", "a ; filename= b c d_41u.docx"),
    ],
)
def test_the_header_holds_both_names(given: str, plain: str) -> None:
    header = disposition(version(given))
    assert header.isascii() and header.isprintable()
    assert header.startswith(f'attachment; filename="{plain}"')
    _first, _separator, encoded = header.partition("; filename*=UTF-8''")
    assert unquote(encoded) == ("" if given == plain else file_name(version(given)))
    assert not set(encoded) & set("\"';,()/:<>=@[]\\{}? ")


def test_every_format_has_an_ending_and_nothing_that_a_browser_shows_has_a_type() -> None:
    for name in FORMATS:
        one = version("x.exe", name)
        assert file_name(one).startswith("x.exe.")
        assert content_type(one) not in ("text/html", "text/xml", "application/xhtml+xml")
    assert content_type(version("x.html", "html")) == "application/octet-stream"
    assert content_type(version("x.docx")).endswith("wordprocessingml.document")
    assert content_type(version("x.fodt", "odt")) == "application/octet-stream"
    assert file_name(version("x.html", "from another day")) == "x.html.bin"
