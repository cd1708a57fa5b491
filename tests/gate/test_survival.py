"""Comments survive what is known to break commenting on paragraphs: none ends beside a wrong one."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.drafts.models import Fate, Paragraph, Version
from consult.drafts.published import wordings
from consult.fates.deciding import decide
from consult.fates.fates import destinations, where_now
from consult.intake.publish import publish_version
from tests.gate.conftest import Plan
from tests.gate.texts import Author

NUMBER, COMMENTS = 200, 2000

#: The new texts, and for each old place the texts that its comments may stand beside; none: removed.
Edited = tuple[list[str], list[set[str]]]
Edit = Callable[[Author, list[str]], Edited]


def stays(texts: list[str]) -> Edited:
    return list(texts), [{text} for text in texts]


def words_changed(share: float, number: int) -> Edit:
    def edit(author: Author, texts: list[str]) -> Edited:
        places = set(author.random.sample(range(len(texts)), number))
        return stays([author.changed(t, share) if n in places else t for n, t in enumerate(texts)])

    return edit


def sentence_added(author: Author, texts: list[str]) -> Edited:
    return stays([f"{t} {author.sentence(14)}" if n % 10 == 3 else t for n, t in enumerate(texts)])


def two_swapped(author: Author, texts: list[str]) -> Edited:
    new, right = stays(texts)
    new[40], new[41], new[90], new[150] = new[41], new[40], new[150], new[90]
    return new, right


def ten_deleted(author: Author, texts: list[str]) -> Edited:
    gone = set(author.random.sample(range(len(texts)), 10))
    right = [set() if n in gone else {text} for n, text in enumerate(texts)]
    return [text for n, text in enumerate(texts) if n not in gone], right


def two_merged(author: Author, texts: list[str]) -> Edited:
    new, right = stays(texts)
    both = f"{texts[70]} {texts[71]}"
    new[70:72] = [both]
    right[70] = right[71] = {both}
    return new, right


def one_split(author: Author, texts: list[str]) -> Edited:
    new, right = stays(texts)
    words = texts[120].split()
    parts = [" ".join(words[:37]) + ".", " ".join(words[37:]).capitalize()]
    new[120:121] = parts
    right[120] = set(parts)
    return new, right


def identical_inserted(author: Author, texts: list[str]) -> Edited:
    new, right = stays(texts)
    new.insert(60, texts[130])
    return new, right


def all_of_it(author: Author, texts: list[str]) -> Edited:
    """Everything at once, and a word or two elsewhere."""
    new, right = words_changed(0.05, 200)(author, texts)
    new[10], new[11] = new[11], new[10]
    words = new[120].split()
    parts = [" ".join(words[:30]) + ".", " ".join(words[30:])]
    both = f"{new[70]} {new[71]}"
    right[120], right[70], right[71] = set(parts), {both}, {both}
    for place in (25, 26, 180):
        right[place] = set()
    kept = [
        text
        for n, text in enumerate(new)
        for text in (parts if n == 120 else [both] if n == 70 else [text])
        if right[n] and n != 71
    ]
    return kept, right


EDITS: dict[str, Edit] = (
    {
        f"{share:.0%} of the words of {number}": words_changed(share, number)
        for share in (0.05, 0.12, 0.25)
        for number in (20, NUMBER)
    }
    | {
        # So much that officials have to be asked.
        "55% of the words of 20": words_changed(0.55, 20),
    }
    | {
        edit.__name__: edit
        for edit in (
            sentence_added,
            two_swapped,
            ten_deleted,
            two_merged,
            one_split,
            identical_inserted,
            all_of_it,
        )
    }
)


def spoken_of(plan: Plan, version: Version) -> None:
    """Have people comment on every paragraph below the title."""
    people = [plan.make.account() for _n in range(20)]
    below = plan.paragraphs(version)
    plan.db.execute(
        insert(Comment),
        [
            {
                "public_id": f"survivor{n:05}",
                "document_id": version.document_id,
                "paragraph_id": below[n % len(below)],
                "version_id": version.id,
                "author_id": people[n % len(people)].id,
                "author_name": "Somebody",
                "source": "So it is.",
                "html": "<p>So it is.</p>",
                "status": CommentStatus.PUBLISHED,
                "idempotency_key": f"survivor{n}",
                "created_at": clock.now(),
            }
            for n in range(COMMENTS)
        ],
    )


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_comment_ends_beside_a_wrong_paragraph(db: Session, plan: Plan, edit: Edit) -> None:
    author = Author(11)
    texts = [author.paragraph() for _n in range(NUMBER)]
    new, right = edit(author, texts)
    first = plan.publishes(*texts)
    spoken_of(plan, first)
    second = plan.imports(*new)
    # What an official is shown first is right, so that confirming it is enough.
    proposed: dict[int, list[int]] = {}
    for fate in db.scalars(select(Fate).where(Fate.version_id == second.id, Fate.doubtful)):
        assert fate.old_id is not None
        proposed.setdefault(fate.old_id, []).extend([] if fate.new_id is None else [fate.new_id])
    decide(db, second, proposed, account_id=plan.official.id)
    publish_version(db, second, what_changed="Much.")

    olds = dict(zip(plan.paragraphs(first), right, strict=True))
    said = {w.paragraph_id: w.text for w in wordings(db, second)}
    went = destinations(db, second)
    commented = db.scalars(select(Comment.paragraph_id).where(Comment.version_id == first.id)).all()
    assert len(commented) == COMMENTS
    for paragraph in commented:
        here = went.get(paragraph, paragraph)
        if not olds[paragraph]:
            assert here is None, "what was removed is beside nothing"
        else:
            assert here is not None and said[here] in olds[paragraph]
    for place in (0, 70, 71, 120, 130, 199):
        paragraph = list(olds)[place]
        way = where_now(db, db.get_one(Paragraph, paragraph), first, second)
        last = way[-1].paragraph
        assert (None if last is None else last.id) == went.get(paragraph, paragraph)
