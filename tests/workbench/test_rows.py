"""Rows taken out and put in: every position stays taken once, and no word is lost on the way."""

import random
import re
from collections import Counter
from html import escape

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from consult.drafts.published import wordings
from consult.text import plain_text
from consult.workbench.merge import merge
from consult.workbench.rows import shifts
from consult.workbench.split import split
from consult.workbench.steps import last_done, lock_working, undo
from tests.factories import Factory


@given(st.data())
def test_whatever_is_taken_out_and_put_in_every_place_is_taken_once(data: st.DataObject) -> None:
    last = data.draw(st.integers(0, 30))
    taken = data.draw(st.sets(st.integers(1, last))) if last else set()
    number = data.draw(st.integers(0, 8))
    most = last - len(taken) + number
    wanted = set(data.draw(st.permutations(range(1, most + 1)))[:number])
    stay = [place for place in range(1, last + 1) if place not in taken]
    moved = {place: place for place in stay}
    for low, high, apart in shifts(last, taken, wanted):
        for place in range(low, high + 1):
            assert place in moved, "what is taken out is not moved"
            moved[place] = place + apart
    assert list(moved.values()) == sorted(moved.values()), "the others keep their order"
    together = sorted([*moved.values(), *wanted])
    assert together == list(range(1, len(together) + 1))


def test_no_word_is_lost_by_splitting_and_merging(db: Session, make: Factory) -> None:
    chance = random.Random(7)
    texts = ["A title", *(f"Word{n} and (b) more, 1.{n} of it & <that>." for n in range(12))]
    document = make.document([escape(text, quote=False) for text in texts], published=False)
    version = lock_working(db, document)
    assert version is not None

    def said() -> Counter[str]:
        return Counter(
            word
            for w in wordings(db, version)
            for word in re.findall(r"\w+", f"{w.label} {plain_text(w.html)}")
        )

    words = said()
    states = []
    for _turn in range(60):
        rows = wordings(db, version)
        states.append([(w.paragraph_id, w.label, w.html) for w in rows])
        place = chance.randrange(len(rows) - 1)
        gaps = [match.start() for match in re.finditer(" ", rows[place].html)]
        if gaps and chance.random() < 0.6:
            at = chance.choice(gaps)
            split(db, version, rows[place], [rows[place].html[:at], rows[place].html[at + 1 :]])
        else:
            merge(db, version, rows[place], rows[place + 1])
        assert said() == words
        assert len({w.paragraph_id for w in wordings(db, version)}) == len(wordings(db, version))
    for state in reversed(states):
        done = last_done(db, version)
        assert done is not None
        undo(db, version, done.number)
        assert [(w.paragraph_id, w.label, w.html) for w in wordings(db, version)] == state
