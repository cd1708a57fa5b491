"""Letters about what moderators decided; as those about comments, of what the database says now."""

from collections.abc import Iterator

from consult.accounts.models import AccountState
from consult.comments.models import Comment
from consult.comments.status import VISIBLE, CommentStatus
from consult.i18n import _
from consult.moderation.models import Decision
from consult.moderation.rules import OWN, title_of
from consult.notifications.comment_letters import facts, own_words
from consult.notifications.context import Desk, Draft, Part, quote_text
from consult.permissions import Permission


def comment_published(desk: Desk) -> Draft | None:
    """Tell an author that a moderator let a comment appear, for the first time or again."""
    decision = desk.session.get(Decision, desk.payload["decision_id"])
    if decision is None or not decision.comment.visible:
        return None
    comment = decision.comment
    again = decision.before is CommentStatus.HIDDEN
    message = (
        _("A moderator looked at your comment on “${title}”, ${paragraph}, again. It is back.")
        if again
        else _("A moderator has published your comment on “${title}”, ${paragraph}.")
    )
    return Draft(
        desk.say(_("Your comment is published")),
        (
            desk.paragraph(message, **facts(desk, comment)),
            *_reasons(desk, decision),
            own_words(comment),
            desk.link(_("See it in its place"), "comment", public_id=comment.public_id),
            desk.paragraph(_("Everybody can read it there, and officials can answer it.")),
        ),
    )


def _reasons(desk: Desk, decision: Decision) -> Iterator[Part | None]:
    """Yield what the moderator wrote for the author, where that is anything."""
    if decision.reasons:
        yield desk.paragraph(_("The moderator’s reasons:"))
        yield quote_text(decision.reasons)


def comment_hidden(desk: Desk) -> Draft | None:
    """State to an author why a comment is not shown, and what can be done about it."""
    decision = desk.session.get(Decision, desk.payload["decision_id"])
    if decision is None or decision.comment.visible:
        return None
    comment = decision.comment
    if decision.before in VISIBLE:
        subject = _("Your comment was hidden")
        message = _(
            "A moderator has hidden your comment of ${day} on “${title}”, ${paragraph}, because it "
            "breaks a house rule. Only you and the moderators can still see it."
        )
    else:
        subject = _("Your comment was not published")
        message = _(
            "A moderator has decided not to publish your comment of ${day} on “${title}”, "
            "${paragraph}, because it breaks a house rule. Only you and the moderators can see it."
        )
    return Draft(
        desk.say(subject),
        (
            desk.paragraph(message, **facts(desk, comment)),
            desk.paragraph(_("The rule: ${rule}"), rule=title_of(desk.request, decision.rule)),
            *_reasons(desk, decision),
            *_what_one_can_do(desk, comment),
            _the_rules(desk, decision),
        ),
    )


def _the_rules(desk: Desk, decision: Decision) -> Part:
    if decision.rule == OWN:
        slug = decision.comment.document.consultation.slug
        return desk.link(_("The rules of this consultation"), "consultation", slug=slug)
    return desk.link(_("All house rules"), "house_rules")


def _what_one_can_do(desk: Desk, comment: Comment) -> list[Part]:
    consultation = comment.document.consultation
    objection = desk.paragraph(
        _("If you think that the decision is wrong, write to ${contact} and say why.")
    )
    if desk.account.state is AccountState.ACTIVE:
        may_revise = Permission.REVISE in consultation.authors_may()
        offer = (
            _("You can change it so that it keeps the rules. A moderator then looks at it again.")
            if may_revise
            else _("You find it, with these reasons, among your comments.")
        )
        return [desk.paragraph(offer), desk.link(_("Your comments"), "my_comments"), objection]
    if Permission.REVISE not in consultation.authors_may():
        return [objection]
    place = {
        "slug": consultation.slug,
        "document": comment.document.slug,
        "key": comment.paragraph.key,
    }
    return [
        desk.paragraph(_("You are welcome to say it again in a way that keeps the rules.")),
        desk.link(_("The paragraph"), "paragraph", **place),
        objection,
    ]
