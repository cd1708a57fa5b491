"""What is typed into the search box becomes a query, whatever it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.search.query import (
    LONGEST_QUERY,
    MOST_TERMS,
    Group,
    Note,
    Phrase,
    Prefix,
    Term,
    Word,
    parse,
)


def required(q: str) -> list[tuple[Term, ...]]:
    return [group.required for group in parse(q).groups]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Housing benefit", [(Word("housing"), Word("benefit"))]),
        ('"Housing benefit"', [(Phrase(("housing", "benefit")),)]),
        ("“housing benefit”", [(Phrase(("housing", "benefit")),)]),
        ('"housing', [(Word("housing"),)]),
        ("a b OR c", [(Word("a"), Word("b")), (Word("c"),)]),
        ("or a or", [(Word("a"),)]),
        ('"or"', [(Word("or"),)]),
        ("hous* ho*", [(Prefix("hous"), Word("ho"))]),
        ('"hous*"', [(Word("hous"),)]),
        ("*ous", [(Word("ous"),)]),
        ("data-shar*", [(Word("data"), Prefix("shar"))]),
        ("3.12 1,000", [(Word("3.12"), Word("1,000"))]),
        ("3.12(a)", [(Phrase(("3.12", "a")),)]),
        ("don't", [(Phrase(("don", "t")),)]),
        ("Café STRASSE straße", [(Word("cafe"), Word("strasse"))]),
        ("政府 AI政策", [(Phrase(("政", "府")), Phrase(("ai", "政", "策")))]),
        ("政*", [(Word("政"),)]),
        ("정책을", [(Phrase(("정", "책", "을")),)]),
        ("हिन्दी", [(Word("हिन्दी"),)]),
        ("שָׁלוֹם مُحَمَّد", [(Word("שלום"), Word("محمد"))]),
        ("می\u200cخواهم", [(Word("میخواهم"),)]),
        ("[a TO z] ((x", [(Word("a"), Word("to"), Word("z"), Word("x"))]),
    ],
)
def test_grammar(typed: str, expected: list[tuple[Term, ...]]) -> None:
    assert required(typed) == expected


def test_minus_excludes_words_phrases_and_beginnings() -> None:
    assert parse('rent -social --"council tax" -hous* self-build').groups == (
        Group(
            (Word("rent"), Phrase(("self", "build"))),
            (Word("social"), Phrase(("council", "tax")), Prefix("hous")),
        ),
    )


def test_minus_before_a_compound_beginning_excludes_the_compound_only() -> None:
    assert parse("-data-shar*").groups == (Group((), (Phrase(("data", "shar")),)),)


@pytest.mark.parametrize(
    "typed", ["", "   ", "-", '"', '-"', "*", "or", "... ?!", "\x00", "\ud800", "ـ"]
)
def test_nothing_to_look_for_is_falsy(typed: str) -> None:
    assert not parse(typed)


def test_what_is_left_out_is_noted() -> None:
    assert parse("housing benefit").notes == ()
    assert parse("co*").notes == (Note.SHORT_PREFIX,)
    assert parse("word " * 50).notes == (Note.TOO_LONG,)
    many = parse(" ".join(f"w{number}" for number in range(MOST_TERMS + 1)))
    assert many.notes == (Note.TOO_MANY_TERMS,)
    assert len(many.wanted()) == MOST_TERMS


def test_a_long_query_is_cut_between_words() -> None:
    query = parse("a" * (LONGEST_QUERY - 3) + " benefit")
    assert [word.text[0] for word in query.wanted() if isinstance(word, Word)] == ["a"]


@given(st.text(max_size=400) | st.text(alphabet='ab "-*or政\u0301()[]:^~\\', max_size=400))
@example("(" * 2000)
@example("a" * 1_000_000)
@example('-"' * 500)
def test_any_text_gives_a_bounded_query(typed: str) -> None:
    query = parse(typed)
    terms = [term for group in query.groups for term in (*group.required, *group.excluded)]
    assert bool(query) == bool(terms)
    assert len(terms) <= MOST_TERMS
    for term in terms:
        words = term.words if isinstance(term, Phrase) else (term.text,)
        assert all(words)
        assert sum(map(len, words)) <= LONGEST_QUERY * 18  # one character may fold into eighteen
