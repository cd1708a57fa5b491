"""What became of the words that earlier comments are about, said beside each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.alignment.fates import FateKind
from consult.comments.models import Comment
from consult.comments.quotes import CONTEXT, Quote
from consult.comments.tree import Node, flat
from consult.fates.comparing import Change
from consult.fates.wording_rows import Words, called
from consult.reading.position import Standing
from consult.redline.redlining import Pairs, Place, place_now, redlined, stands_somewhere
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Link:
    """A paragraph's name and address."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Since:
    """What is to be known of a comment that was made on an earlier version.

    changed: whether the words are others now; redline: what changed, for those who open it; source:
    the paragraph it was made on, where that was merged into this one or was split. quote: "" where
    the quoted words stand here, else lost, unsure or elsewhere, which `elsewhere` then names; prefix:
    what stands before them now.
    """

    number: int
    changed: bool
    redline: Pairs
    source: Link | None = None
    merged: bool = False
    quote: str = ""
    elsewhere: Link | None = None
    prefix: str = ""


class Telling:
    """Tells it of the comments of one conversation, and gathers where quoted words stand now."""

    def __init__(self, request: Request, standing: Standing) -> None:
        self.request = request
        self.standing = standing
        self.here = standing.wording.paragraph_id
        self.quotes: list[Quote] = []
        self._changes: dict[int, Change | None] = {}

    def tell(self, threads: Iterable[Node]) -> list[Quote]:
        """Say it in the nodes of `threads`; return the quotes that stand in the paragraph now."""
        for root in threads:
            for node in flat([root]):
                comment = node.comment
                if not isinstance(comment, Comment):
                    continue
                if node.version == self.standing.number and comment.paragraph_id == self.here:
                    self.quotes += _quote(comment)
                else:
                    # What answers a comment on the same version need not say it again.
                    told = node is not root and node.version == root.version
                    node.since = self._since(comment, node.version, told)
        return self.quotes

    def _since(self, comment: Comment, number: int, told: bool) -> Since | None:
        change = self._change(number)
        olds = change.olds if change else ()
        made = next((w for w in olds if w.paragraph_id == comment.paragraph_id), None)
        if change is None or made is None:
            return None
        now = next(w for w in change.news if w.paragraph_id == self.here)
        pieces = redlined(_texts(olds), _texts(change.news))
        changed = change.edited and not told
        source = None if told or made.paragraph_id == self.here else self._link(made)
        quote, elsewhere, prefix = self._quoted(comment, change, made, now)
        return Since(
            number,
            changed,
            pieces[change.news.index(now)] if changed else (),
            source,
            change.kind is FateKind.MERGED,
            quote,
            elsewhere,
            prefix,
        )

    def _change(self, number: int) -> Change | None:
        if number not in self._changes:
            change = self.standing.since(number)
            self._changes[number] = change if change and change.olds and change.news else None
        return self._changes[number]

    def _quoted(
        self, comment: Comment, change: Change, made: Words, now: Words
    ) -> tuple[str, Link | None, str]:
        exact, start = comment.quote_exact, comment.quote_start
        if not exact or start is None:
            return "", None, ""
        news = _texts(change.news)
        old = Place(change.olds.index(made), start, start + len(exact))
        place = place_now(_texts(change.olds), old, news)
        if place is None:
            return "unsure" if stands_somewhere(exact, news) else "lost", None, ""
        words = change.news[place.which]
        if words is not now:
            return "elsewhere", self._link(words), ""
        prefix = now.text[max(0, place.start - CONTEXT) : place.start]
        self.quotes.append(Quote(now.text[place.start : place.end], prefix, "", place.start))
        return "", None, prefix

    def _link(self, words: Words) -> Link:
        document = self.standing.wording.paragraph.document
        href = self.request.route_path(
            "paragraph",
            slug=document.consultation.slug,
            document=document.slug,
            key=words.key,
        )
        return Link(called(words, self.request.localizer), href)


def _texts(side: Iterable[Words]) -> tuple[str, ...]:
    return tuple(words.text for words in side)


def _quote(comment: Comment) -> Iterator[Quote]:
    if comment.quote_exact:
        yield Quote(
            comment.quote_exact,
            comment.quote_prefix,
            comment.quote_suffix,
            comment.quote_start or 0,
        )
