"""Letters about comments. Each function returns what the letter says, None if it is pointless now.

All is asked of the database when the letter is sent: what was hidden, withdrawn or changed since
the letter was promised is neither quoted nor announced.
"""

from typing import Any

from consult.accounts.models import KeyPurpose
from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.comments.status import CommentStatus
from consult.drafts.paragraph_names import names
from consult.i18n import _
from consult.notifications.account_letters import good_key
from consult.notifications.context import Desk, Draft, Form, Part, harmless, quote
from consult.replies.models import OfficialReply, ReplyStatus

# Links to single comments in a letter about a reply to many of them.
MOST_LINKS = 10


def facts(desk: Desk, comment: Comment) -> dict[str, Any]:
    """Return the values for sentences that say of which comment one speaks."""
    return {
        "title": comment.document.title,
        "paragraph": _name(desk, comment),
        "day": desk.day(comment.created_at, comment.document.consultation.zone),
    }


def _name(desk: Desk, comment: Comment) -> str:
    place = places_of(desk.session, [comment])[comment.id]
    name = names([place.wording], desk.request.localizer)[comment.paragraph_id]
    # A list item's own letter says little without the number above it.
    return f"{place.above} {name}" if place.above and place.wording.label else name


def own_words(comment: Comment) -> Part | None:
    """Return a comment for its author; None where it holds a suggestion alone."""
    return quote(comment.html, of_recipient=True)


def confirm_comment(desk: Desk) -> Draft | None:
    """Ask for the confirmation of a guest's comment.

    Anybody can have this letter sent to any address, so it repeats nothing of what they typed.
    """
    key = good_key(desk, KeyPurpose.CONFIRM_COMMENT)
    comment = desk.session.get(Comment, desk.payload["comment_id"])
    if key is None or comment is None or comment.status is not CommentStatus.UNCONFIRMED:
        return None
    return Draft(
        desk.say(_("Confirm your comment")),
        (
            desk.paragraph(
                _("Somebody commented on “${title}”, ${paragraph}, with your address."),
                **facts(desk, comment),
            ),
            desk.paragraph(
                _("If it was you, open this page and press the button to send the comment in.")
            ),
            desk.link(_("Confirm your comment"), "comment_confirm", key=desk.payload["secret"]),
            desk.paragraph(
                _("The link works once, until ${when}. Until it is used nobody sees the comment."),
                when=desk.when(key.expires_at),
            ),
            desk.paragraph(
                _("If it was not you, you need do nothing: the comment will not appear.")
            ),
        ),
    )


def comment_answered(desk: Desk) -> Draft | None:
    """Tell an author that somebody replied in the thread."""
    answer = desk.session.get(Comment, desk.payload["comment_id"])
    parent = answer.parent if answer else None
    if answer is None or parent is None or not (answer.visible and parent.visible):
        return None
    name = harmless(answer.author_name)
    if answer.author_department:
        name = f"{name} ({answer.author_department})"
    return Draft(
        desk.say(_("Somebody answered your comment")),
        (
            desk.paragraph(
                _("${name} answered your comment on “${title}”, ${paragraph}:"),
                name=name,
                **facts(desk, parent),
            ),
            quote(answer.html),
            desk.link(_("Read it, and reply"), "comment", public_id=answer.public_id),
        ),
    )


def official_reply(desk: Desk) -> Draft | None:
    """Tell an author that a department answered, once however many of the comments are theirs."""
    reply = desk.session.get(OfficialReply, desk.payload["reply_id"])
    if reply is None or reply.status is not ReplyStatus.PUBLISHED:
        return None
    comments = [c for c in reply.comments if c.author_id == desk.account.id and c.visible]
    if not comments:
        return None
    department = reply.department.name
    comments.sort(key=lambda comment: comment.id)
    return Draft(
        desk.say(_("${department} answered your comment"), department=department),
        (
            desk.paragraph(
                _("${name}, ${department}, answered your comment on “${title}”, ${paragraph}:"),
                name=reply.author_name,
                department=department,
                **facts(desk, comments[0]),
            ),
            quote(reply.html, of_recipient=True),
            desk.link(_("Read the answer"), "comment", public_id=comments[0].public_id),
            *_others(desk, comments[1:]),
            *_what_they_wrote(desk, comments[0]),
        ),
    )


def _others(desk: Desk, comments: list[Comment]) -> list[Part]:
    if not comments:
        return []
    links = [
        Part(
            Form.LINK,
            desk.say(_("${paragraph}, written on ${day}"), **facts(desk, comment)),
            desk.address("comment", public_id=comment.public_id),
        )
        for comment in comments[:MOST_LINKS]
    ]
    return [desk.paragraph(_("It also answers other comments of yours:")), *links]


def _what_they_wrote(desk: Desk, comment: Comment) -> list[Part]:
    words = own_words(comment)
    return [desk.paragraph(_("You wrote:")), words] if words else []
