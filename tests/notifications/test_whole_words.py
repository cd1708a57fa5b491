"""What people wrote reaches others by letter as they wrote it: all of it, in its lines, with its numbers."""

import re
from email.message import EmailMessage

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.drafts.events import VersionPublished
from consult.moderation.models import Decision
from consult.text import render_markdown
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice
from tests.notifications.conftest import html_of as html_with_breaks
from tests.reading.versions import paragraph, revise

ANSWER = """Good morning,

our answers:

1. Noise is measured.
3. Lamps go off at 11, *all* of them: [the plan](https://a.example/plan?a=1).
1066) That was long ago.

> You asked for 5*3*2 lamps on 10^6 m².

```
x  =  5*3
```

Yours sincerely
the streets team"""
IN_LINES = """> Good morning,
>
> our answers:
>
> 1. Noise is measured.
> 3. Lamps go off at 11, *all* of them: the plan
>    <https://a.example/plan?a=1>.
>
> 1066) That was long ago.
>
> > You asked for 5*3*2 lamps on 10^6 m².
>
>     x  =  5*3
>
> Yours sincerely
> the streets team
"""
LONG = "\n\n".join(f"{n}. " + " ".join(f"lamp{n}-{m}" for m in range(90)) for n in range(7, 14))


def lines_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(letter: EmailMessage) -> str:
    return html_with_breaks(letter).replace("\r\n", "\n")


def quoted(letter: EmailMessage) -> str:
    """Return the words of the first quotation in the text form, on one line."""
    block = re.search(r"(?:^>.*\n)+", lines_of(letter), re.MULTILINE)
    assert block is not None
    return " ".join(re.sub(r"^> ?", "", block[0], flags=re.MULTILINE).split())


def address(comment: Comment) -> str:
    document = comment.document
    slug = document.consultation.slug
    return f"/consultations/{slug}/{document.slug}/p/{comment.paragraph.key}"


def answered(browser: Browser, make: Factory, post: PostOffice, text: str) -> EmailMessage:
    """Have an official answer a comment; return the letter about it."""
    comment = make.comment()
    official = browser.signed_in(make.holder(Role.OFFICIAL, comment.document.consultation))
    official.post(f"/c/{comment.public_id}/reply", {"text": text})
    return post.the_letter()


def test_an_official_answer_keeps_its_shape(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    letter = answered(browser, make, post, ANSWER)
    assert f"\n\n{IN_LINES}\n" in lines_of(letter)
    page = html_of(letter)
    assert "<p>Good morning,</p>\n<p>our answers:</p>" in page
    assert "<li>1. Noise is measured.</li>\n<li>3. Lamps go off at 11, <em>all</em> of them" in page
    assert '<a href="https://a.example/plan?a=1" rel=' in page
    assert "<blockquote>\n<p>You asked for 5*3*2 lamps on 10^6 m².</p>" in page
    assert "<pre><code>x  =  5*3\n</code></pre>" in page
    assert "<p>Yours sincerely<br>\nthe streets team</p>" in page
    assert "\n" not in letter["Subject"]


def test_the_whole_of_it_is_there(browser: Browser, make: Factory, post: PostOffice) -> None:
    letter = answered(browser, make, post, LONG)
    assert quoted(letter) == " ".join(LONG.split())
    assert "lamp13-89" in html_of(letter)
    assert max(map(len, lines_of(letter).split("\n"))) <= 100  # addresses of ours, not words


def test_an_answer_of_another_citizen_keeps_its_shape(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    comment = make.comment()
    fields = {"text": ANSWER, "parent": comment.public_id, "idempotency_key": "k" * 20}
    browser.signed_in(make.account()).post(address(comment), fields)
    letter = publish_if_it_waits(browser, make, post, comment)
    inside = IN_LINES.replace("https://a.example", "https[:]//a[.]example")
    assert inside.split("> 1066")[0] in lines_of(letter) and "> 1066) That" in lines_of(letter)
    assert "<li>3. Lamps go off at 11, <em>all</em> of them: the plan &lt;https[:]" in html_of(
        letter
    )


def publish_if_it_waits(
    browser: Browser, make: Factory, post: PostOffice, parent: Comment
) -> EmailMessage:
    """Have a moderator publish the answer to a comment; return the letter to its author."""
    answer = post.db.query(Comment).filter_by(parent_id=parent.id).one()
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    fields = {"move": "publish", "revision": str(answer.revision)}
    moderator.post(f"/c/{answer.public_id}/decide", fields)
    (letter,) = [x for x in post.deliver() if x["To"] == parent.author.email]
    return letter


def test_what_one_wrote_and_a_moderators_reasons_keep_their_shape(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    comment = make.comment()
    author = browser.signed_in(comment.author)
    author.post(f"/c/{comment.public_id}/edit", {"text": ANSWER})
    reasons = "Two points:\n\n2. It says “fool”.\n5) It names <somebody>.\n\nLeave them out."
    fields = {"move": "hide", "rule": "people", "reasons": reasons}
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    moderator.post(f"/c/{comment.public_id}/decide", fields | {"revision": str(comment.revision)})
    letter = post.the_letter()
    assert (
        "> Two points:\n>\n> 2. It says “fool”.\n> 5) It names <somebody>.\n>\n> Leave them out.\n"
        in lines_of(letter)
    )
    page = html_of(letter)
    assert "<p>2. It says “fool”.<br>5) It names &lt;somebody&gt;.</p>" in page
    official = browser.signed_in(make.holder(Role.MODERATOR))
    seen = str(comment_decision(post.db, comment))
    official.post(
        f"/c/{comment.public_id}/decide",
        {
            "move": "publish",
            "revision": str(comment.revision),
            "seen": seen,
            "reasons": "3. A mistake.",
        },
    )
    back = post.deliver()[-1]
    assert "> 3. A mistake.\n" in lines_of(back)
    assert IN_LINES in lines_of(back) and "<li>3. Lamps" in html_of(back)


def comment_decision(db: Session, comment: Comment) -> int:
    return db.query(Decision).filter_by(comment_id=comment.id).one().id


def test_a_departments_word_on_a_version_and_what_one_had_written_keep_their_shape(
    app: Router, browser: Browser, make: Factory, db: Session, post: PostOffice
) -> None:
    document = make.document(["Streets", "The council plants lime trees.", "Buses run."])
    place = paragraph(db, document, "k2")
    comment = make.comment(place, source=ANSWER, html=render_markdown(ANSWER))
    rows = [("k1", "Streets"), ("k2", "The council plants oaks."), ("k3", "Buses run.")]
    note = "What we did:\n\n2. No limes.\n4. Oaks."
    app.registry.notify(VersionPublished(revise(db, document, rows, note=note)))
    (letter,) = post.deliver()
    said = lines_of(letter)
    assert "> What we did:\n>\n> 2. No limes.\n> 4. Oaks.\n" in said
    assert f"You had written:\n\n{IN_LINES}" in said
    assert "<p>2. No limes.<br>4. Oaks.</p>" in html_of(letter)
    # The page to which it leads shows the same lines.
    (link,) = re.findall(r"http://localhost(/\S+/verdict\?\S+)", said)
    page = browser.signed_in(comment.author).get(link).html
    assert page.select_one("blockquote.lines").text == note


@pytest.mark.parametrize("nasty", ["-- ", "\u2028Bcc: x@y.example", "a\u202eb", "From x"])
def test_no_line_of_theirs_looks_like_ours(
    nasty: str, browser: Browser, make: Factory, post: PostOffice
) -> None:
    letter = answered(browser, make, post, f"Well:\n{nasty}\n\n```\n{nasty}\n```")
    text = lines_of(letter)
    ours = [line for line in text.splitlines() if not line.startswith(">")]
    assert not [line for line in ours if "Bcc" in line or line.startswith(("From", "ab"))]
    assert ours.count("-- ") == 1 and "\u202e" not in text + html_of(letter)
    assert letter["Bcc"] is None
