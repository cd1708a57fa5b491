"""Taking a comment that a request brings: everything between the form and the posted comment."""

from pyramid.i18n import TranslationString

from consult.accounts import attempts, keys, people
from consult.accounts.models import Account, KeyPurpose
from consult.accounts.security import me
from consult.comments import guests
from consult.comments.events import CommentPosted, GuestCommentWaits
from consult.comments.form import CommentForm, GuestCommentForm
from consult.comments.models import Comment, Contribution, Stance
from consult.comments.moving import entry_status
from consult.comments.post import Signature, post_comment, posted_before
from consult.comments.status import CommentStatus
from consult.comments.target import Matter, the_matter
from consult.consultations.models import Consultation
from consult.consultations.phases import Commenters, Phase
from consult.drafts.models import Paragraph
from consult.i18n import _, format_datetime
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.rendered import rendered
from consult.web import Request


def take(request: Request, paragraph: Paragraph, form: CommentForm) -> Comment | None:
    """Post what the form holds and return the comment; None, with errors on the form, if refused.

    The same key by the same author returns the comment that it made first. Raises TooManyRequests.
    """
    account = me(request)
    if account is None:
        limit(request, Act.POST_AS_GUEST)
    else:
        limit(request, Act.POST, account.id)
    shaped = form.validate()
    if account is not None:
        made = posted_before(request.db, account, form["idempotency_key"].data)
        if made is not None:
            return _repeated(made, paragraph, form)
    if not request.has_permission(Permission.COMMENT, paragraph):
        form.refuse("text", why_not(request, paragraph.document.consultation))
        return None
    matter = the_matter(request, paragraph, form) if shaped else None
    if isinstance(form, GuestCommentForm):
        return _take_from_guest(request, matter, form)
    return _take_from(request, account, matter, form) if account and matter else None


def why_not(request: Request, consultation: Consultation) -> TranslationString:
    """Say why whoever asks may not comment now."""
    phase = consultation.phase_now
    closes, opens = consultation.closes_at, consultation.opens_at
    if phase in (Phase.CLOSED, Phase.ANSWERED):
        if closes is None or closes > request.arrived_at:
            return _("This consultation is closed. Copy what you wrote if you want to keep it.")
        return _(
            "This consultation closed on ${when}. Copy what you wrote if you want to keep it.",
            mapping={"when": format_datetime(request, closes, consultation.zone)},
        )
    if phase is not Phase.OPEN:
        if opens is None:
            return _("This consultation is not open yet. Copy what you wrote and come back.")
        return _(
            "This consultation opens on ${when}. Copy what you wrote and come back then.",
            mapping={"when": format_datetime(request, opens, consultation.zone)},
        )
    if consultation.commenters is Commenters.ACCOUNTS:
        return _("Here one comments with an account. Sign in, then send this again.")
    return _("Only officials of this consultation may comment here.")


def _repeated(made: Comment, paragraph: Paragraph, form: CommentForm) -> Comment | None:
    # Whoever goes back to the form in the browser's history and writes something else sends the
    # old key with new words; to take that for a repetition would lose them.
    same_place = made.paragraph_id == paragraph.id
    same_words = made.source == form["text"].data and made.suggestion == form["suggestion"].data
    if same_place and (same_words or made.revision > 1):
        return made
    form.renew_key()
    form.refuse(
        "text",
        _("You have already sent this form with other words. Send it again to post these as well."),
    )
    return None


def _take_from(request: Request, account: Account, matter: Matter, form: CommentForm) -> Comment:
    consultation = matter.wording.paragraph.document.consultation
    official = bool(request.has_permission(Permission.REPLY, consultation))
    signature = signature_of(account, consultation)
    entry = entry_status(consultation, official=official)
    comment = _post(request, account, signature, entry, matter, form)
    request.registry.notify(CommentPosted(comment))
    return comment


def signature_of(account: Account, consultation: Consultation) -> Signature:
    """Return how `account` signs in `consultation`; an official's name always has a department."""
    role, department = people.byline(account, consultation.department_id, consultation.id)
    if role and not department:
        department = consultation.department.name
    return Signature(account.display_name, role, department)


def _take_from_guest(
    request: Request, matter: Matter | None, form: GuestCommentForm
) -> Comment | None:
    guest = guests.described(request, form) if not form.errors else None
    if guest is None or matter is None:
        return None
    attempts.letter(request, guest.email)
    account = people.guest(request.db, guest.email, guest.name, locale=request.locale_name)
    made = posted_before(request.db, account, form["idempotency_key"].data)
    if made is not None:
        return _repeated(made, matter.wording.paragraph, form)
    comment = _post(
        request, account, Signature(guest.name), CommentStatus.UNCONFIRMED, matter, form
    )
    secret = keys.issue(
        request.db,
        account,
        KeyPurpose.CONFIRM_COMMENT,
        keys.CONFIRMATION,
        subject=comment.public_id,
    )
    request.registry.notify(GuestCommentWaits(comment, secret))
    return comment


def _post(
    request: Request,
    author: Account,
    signature: Signature,
    entry: CommentStatus,
    matter: Matter,
    form: CommentForm,
) -> Comment:
    return post_comment(
        request.db,
        wording=matter.wording,
        author=author,
        signature=signature,
        text=form["text"].data,
        html=rendered(request, form["text"].data),
        idempotency_key=form["idempotency_key"].data,
        arrived_at=request.arrived_at,
        entry=entry,
        quote=matter.quote,
        kind=Contribution(form["kind"].data),
        stance=Stance(form["stance"].data),
        parent=matter.parent,
        suggestion=form["suggestion"].data,
    )
