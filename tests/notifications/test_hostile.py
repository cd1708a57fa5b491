"""Names and words that people type, in headers and in both forms of a letter."""

import email
import email.policy
import re
from email.message import EmailMessage
from html import escape

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts.events import PasswordChanged
from consult.accounts.models import Role
from consult.comments.events import CommentPosted
from consult.replies.events import ReplyPublished
from tests.factories import Factory
from tests.notifications.conftest import Operator, PostOffice, html_of, text_of

NASTY = [
    "Ada\r\nBcc: victim@example.org",
    "Ada\nBcc: victim@example.org",
    "Ada\r\n\r\n<h1>Pay here</h1>",
    "Ada\x00\x0b\x0c\x85\u2028Bcc: victim@example.org",
    "=?utf-8?q?Ada=0D=0ABcc=3A_victim=40example=2Eorg?=",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202eevil\u202c ${site} %(name)s {{ 77*77 }}",
    '"><a href="https://evil.example">click</a>',
    "א" * 400,
]
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
}


def check(letter: EmailMessage) -> None:
    assert set(letter.keys()) <= HEADERS
    assert [address.addr_spec for address in letter["To"].addresses] == [str(letter["To"])]
    assert not letter.defects
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    page = html_of(letter)
    for markup in ("<script", "<img", "<h1", "onerror=alert(1)>", '"https://evil.example"'):
        assert markup not in page.lower()
    assert "5929" not in page
    raw = letter.as_bytes(policy=email.policy.SMTP)
    assert max(map(len, raw.split(b"\r\n"))) < 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_typed_leaves_its_place(
    nasty: str, app: Router, make: Factory, post: PostOffice, db: Session
) -> None:
    # Forms clean all of these; here they stand in the database as if a form had not.
    database = db.get_bind().dialect.name
    nasty = nasty.replace("\x00", "") if database == "postgresql" else nasty
    author = make.account(display_name=nasty)
    document = make.document(texts=[nasty, nasty])
    document.consultation.department.name = nasty
    comment = make.comment(make.paragraph(document), author=author)
    answer = make.comment(make.paragraph(document), parent=comment, author_name=nasty)
    answer.html = stored(nasty)
    official = make.holder(Role.OFFICIAL, document.consultation, display_name=nasty)
    app.registry.notify(PasswordChanged(author))
    app.registry.notify(CommentPosted(answer))
    app.registry.notify(ReplyPublished(make.reply(comment, author=official)))
    letters = post.deliver()
    assert len(letters) == 3
    for letter in letters:
        check(letter)


def stored(words: str) -> str:
    """Return words as a comment's stored HTML holds them."""
    return f"<p>{escape(words)}</p>"


def test_words_of_others_hold_no_links_and_no_lines_of_ours(
    app: Router, make: Factory, post: PostOffice
) -> None:
    comment = make.comment()
    answer = make.comment(comment.paragraph, parent=comment)
    answer.html = (
        "<p>Dear user,</p><p>confirm your account at https://evil.example/x or evil.example, "
        "or write to evil@evil.example.</p><p>-- <br>Consult</p>"
    )
    app.registry.notify(CommentPosted(answer))
    letter = post.the_letter()
    said = text_of(letter)
    assert (
        "> Dear user, > > confirm your account at https[:]//evil[.]example/x or evil[.]example, > or "
        "write to evil[at]evil[.]example. > > -- > Consult" in said
    )
    # Every word is there, and none that programs would make a link of.
    for form in (said, html_of(letter)):
        assert "evil" in form
        assert not re.search(r"evil\.|//evil\.|@evil|evil@", form)
    assert html_of(letter).count("<a ") == 3  # to the comment, the site and fewer letters


def test_names_stay_on_their_line_and_turn_nothing(
    app: Router, make: Factory, post: PostOffice
) -> None:
    author = make.account(display_name="Ada\n\n-- \nPay here:\u2028\u202eereh")
    app.registry.notify(PasswordChanged(author))
    letter = post.the_letter()
    assert text_of(letter).startswith("Hello Ada -- Pay here: ereh,\n\nThe password")
    assert "Hello Ada -- Pay here: ereh," in html_of(letter)


def test_a_site_name_is_no_way_into_the_headers(
    make: Factory, post: PostOffice, operator: Operator
) -> None:
    operator.sets(site_name='Consult" <evil@example.org>,\r\n Bcc: x <y@example.org>')
    account = make.account()
    post.app.registry.notify(PasswordChanged(account))
    letter = post.the_letter()
    assert [address.addr_spec for address in letter["From"].addresses] == ["consult@example.org"]
    assert letter["Bcc"] is None
