import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.alignment.marking import to_html
from consult.alignment.redline import redline
from consult.text.folding import fold_typography
from tests.limits import HANGING


def shown(old: str, new: str) -> str:
    """Return a redline with [-deleted-] and {+inserted+} words."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(marks[kind].format(text) for kind, text in redline(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same", "same", "same"),
        ("", "", ""),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        (
            "within 30 days, at most",
            "within 60 days at most",
            "within [-30-]{+60+} days[-,-] at most",
        ),
        ("हिन्दी है", "हिन्दी था", "हिन्दी [-है-]{+था+}"),
        ("三十日内", "六十日内", "[-三-]{+六+}十日内"),
        # Numbers and addresses are not taken apart.
        (
            "it cost 50,000 in 2010",
            "it cost 42,000 in 2011",
            "it cost [-50,000-]{+42,000+} in [-2010-]{+2011+}",
        ),
        (
            "see https://a.example/b.",
            "see https://a.example/c.",
            "see [-https://a.example/b-]{+https://a.example/c+}.",
        ),
        # Typography is no change.
        ('He said "no" - twice', "He said  “no” – thrice", "He said  “no” – [-twice-]{+thrice+}"),
        # A sentence is inserted and deleted whole, wherever its words stand besides.
        ("It is.", "It was. It is.", "{+It was. +}It is."),
        (
            "A sat. It was red.",
            "A sat. It was big. It was red.",
            "A sat. {+It was big. +}It was red.",
        ),
        ("One is. Two is. Three is.", "One is. Three is.", "One is. [-Two is. -]Three is."),
        # No confetti: what little a rewritten sentence keeps is part of the change.
        (
            "The council meets. Its chair is elected by the members for a term of two years. It votes.",
            "The council meets. Whoever owns a house in the town chooses the mayor every spring. It votes.",
            "The council meets. [-Its chair is elected by the members for a term of two years-]"
            "{+Whoever owns a house in the town chooses the mayor every spring+}. It votes.",
        ),
        # Two texts that have nothing to do with one another.
        (
            "Trees are planted along the street by the council.",
            "A fine is paid to the court.",
            "[-Trees are planted along the street by the council.-]{+A fine is paid to the court.+}",
        ),
    ],
)
def test_a_redline_reads_well(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_what_a_formula_keeps_stays_between_changes() -> None:
    old = "The proposer of a resolution may withdraw it at any time before the vote is called."
    new = "The proposer of a ballot option may withdraw it at any time before the poll is opened."
    assert shown(old, new) == (
        "The proposer of a [-resolution-]{+ballot option+} may withdraw it at any time before the"
        " [-vote-]{+poll+} is [-called-]{+opened+}."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 10_000, "a " * 9_000 + "b"),
        (" ".join(map(str, range(3_000))), " ".join(map(str, reversed(range(3_000))))),
        ("a b " * 150 + "c", "b a " * 150 + "d"),
        ("x " + "." * 20_000, "y " + "," * 20_000),
        (" \n" * 10_000, "\n " * 10_000),
        ("人" * 50_000, "生" + "人" * 49_000 + "生"),
    ],
)
def test_a_hostile_redline_is_cheap(old: str, new: str) -> None:
    began = time.process_time()
    redline(old, new)
    assert time.process_time() - began < HANGING


TEXTS = st.text("abcé e\u0301 .,“'-\u2014\u00ad🇬🇧<&;", max_size=60) | st.text()
WORDS = st.lists(st.sampled_from("the a of and Trees grow. Buses run; parks “sleep”".split())).map(
    " ".join
)


@settings(deadline=None)
@given(TEXTS | WORDS, TEXTS | WORDS)
def test_a_redline_loses_nothing(old: str, new: str) -> None:
    changes = redline(old, new)
    assert "".join(text for kind, text in changes if kind != "deleted") == new
    before = "".join(text for kind, text in changes if kind != "inserted")
    assert fold_typography(before).split() == fold_typography(old).split()
    assert all(text for _, text in changes)
    assert all(one[0] != other[0] for one, other in pairwise(changes))


def test_a_redline_is_marked_for_eyes_and_ears_and_escaped() -> None:
    html = to_html(redline("a <b> c", "a & c"), deleted="<del>:", inserted="inserted:")
    assert html == (
        'a <del><span class="vh">&lt;del&gt;: </span>&lt;b&gt;</del>'
        '<ins><span class="vh">inserted: </span>&amp;</ins> c'
    )


@given(TEXTS, TEXTS)
def test_marked_text_holds_every_word_and_no_other_element(old: str, new: str) -> None:
    html = to_html(redline(old, new), deleted="-", inserted="+")
    bare = re.sub(r'<(?:ins|del)><span class="vh">[-+] </span>|</(?:ins|del)>', "", html)
    assert "<" not in bare
    assert unescape(bare) == "".join(text for _, text in redline(old, new))
