"""What people, officials and moderators say and do on a measured site, in the shares of a busy one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert

from consult import clock
from consult.comments.models import Ballot, Comment, Contribution, Vote
from consult.comments.status import CommentStatus
from consult.moderation.models import Reason, Report, ReportState
from consult.replies.models import OfficialReply, ReplyComment, ReplyStatus
from tests.bench.vocabulary import sentence

# Of a hundred comments so many ...
ANSWERS = 30  # ... answer another one on their paragraph
QUESTIONS = 20
ANSWERED = 40  # ... an official has answered
WAITING = 4  # ... wait for a moderator
UNCHECKED = 3  # ... are published and not looked at yet
HIDDEN = 2
REPORTED = 5  # ... were reported, one in three of these reports is open
VOTES = 2  # on each comment

_AT_ONCE = 5_000  # rows in one statement

_STATUSES = [
    CommentStatus.PENDING,
    CommentStatus.UNCHECKED,
    CommentStatus.HIDDEN,
    CommentStatus.PUBLISHED,
]
_SHARES = [WAITING, UNCHECKED, HIDDEN, 100 - WAITING - UNCHECKED - HIDDEN]


def fill_talk(
    db: Connection, random: Random, *, comments: int, paragraphs: int, people: int, official: int
) -> None:
    """Store that many comments by the first `people` accounts, and all that comes with comments.

    The account `official` of the first department has answered in the first consultation.
    """
    numbers = range(1, comments + 1)
    talk = _Talk(random, paragraphs, people, clock.now() - timedelta(days=30))
    _store(db, Comment, map(talk.comment, numbers))
    answered = [n for n in numbers if random.randrange(100) < ANSWERED]
    _store(db, OfficialReply, (talk.reply(n, official) for n in answered))
    _store(db, ReplyComment, ({"reply_id": n, "comment_id": n} for n in answered))
    _store(db, Report, (talk.report(n) for n in numbers if random.randrange(100) < REPORTED))
    _store(db, Vote, (vote for n in numbers for vote in talk.votes(n)))


def _store(db: Connection, model: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    table: Table = model.__table__
    while some := list(islice(rows, _AT_ONCE)):
        db.execute(insert(table), some)


class _Talk:
    """Makes rows; comments are made in the order of their ids."""

    def __init__(self, random: Random, paragraphs: int, people: int, begin: datetime) -> None:
        self.random = random
        self.paragraphs = paragraphs
        self.people = people
        self.begin = begin
        self.latest: dict[
            int, int
        ] = {}  # the last comment on each paragraph that others can answer

    def comment(self, n: int) -> dict[str, Any]:
        random = self.random
        words, author = sentence(random, 60), random.randint(1, self.people)
        paragraph = random.randint(2, self.paragraphs + 1)
        parent = self.latest.get(paragraph) if random.randrange(100) < ANSWERS else None
        question = random.randrange(100) < QUESTIONS
        (status,) = random.choices(_STATUSES, _SHARES)
        if parent is None and status is CommentStatus.PUBLISHED:
            self.latest[paragraph] = n
        return {
            "id": n,
            "public_id": f"bench{n:07}",
            "document_id": 1,
            "paragraph_id": paragraph,
            "version_id": 1,
            "parent_id": parent,
            "author_id": author,
            "author_name": f"Person {author}",
            "author_department": "",
            "contribution": Contribution.QUESTION if question else Contribution.COMMENT,
            "source": words,
            "html": f"<p>{words}</p>",
            "status": status,
            "idempotency_key": f"key{n}",
            "created_at": self.begin + timedelta(seconds=n),
        }

    def reply(self, n: int, official: int) -> dict[str, Any]:
        words = sentence(self.random, 40)
        return {
            "id": n,
            "public_id": f"reply{n:07}",
            "consultation_id": 1,
            "department_id": 1,
            "author_id": official,
            "author_name": "Officer",
            "author_role": "official",
            "source": words,
            "html": f"<p>{words}</p>",
            # One in fifty is still a draft.
            "status": ReplyStatus.DRAFT if n % 50 == 0 else ReplyStatus.PUBLISHED,
            "idempotency_key": f"reply{n}",
            "created_at": self.begin + timedelta(seconds=n),
            "published_at": None if n % 50 == 0 else self.begin + timedelta(seconds=n),
        }

    def report(self, n: int) -> dict[str, Any]:
        state = self.random.choice(list(ReportState))
        return {
            "comment_id": n,
            "reporter_id": self.random.randint(1, self.people),
            "reason": self.random.choice(list(Reason)),
            "note": "",
            "state": state,
            "created_at": self.begin + timedelta(seconds=n),
        }

    def votes(self, n: int) -> Iterator[dict[str, Any]]:
        voters = self.random.sample(range(1, self.people + 1), VOTES)
        for account in voters:
            yield {
                "comment_id": n,
                "account_id": account,
                "value": self.random.choice(list(Ballot)),
            }
