"""Agreeing and disagreeing with what others said."""

from pyramid.httpexceptions import HTTPSeeOther, HTTPUnprocessableEntity
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.addresses import place_of
from consult.comments.models import Ballot, Comment, Vote
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.web import Request

BALLOTS = {"agree": Ballot.AGREE, "disagree": Ballot.DISAGREE, "none": None}


def cast(session: Session, comment: Comment, account: Account, ballot: Ballot | None) -> None:
    """Let `account` think so of `comment` from now on; None takes the vote back."""
    vote = session.get(Vote, (comment.id, account.id))
    if ballot is None:
        if vote is not None:
            session.delete(vote)
    elif vote is None:
        session.add(Vote(comment_id=comment.id, account_id=account.id, value=ballot))
    else:
        vote.value = ballot
    session.flush()


@view_config(route_name="comment_vote", request_method="POST", permission=Permission.VOTE)
def vote(comment: Comment, request: Request) -> Response:
    """Take a vote and lead back to the comment."""
    account = me(request)
    value = request.POST.get("value")
    if account is None or not isinstance(value, str) or value not in BALLOTS:
        raise HTTPUnprocessableEntity
    limit(request, Act.VOTE, account.id)
    cast(request.db, comment, account, BALLOTS[value])
    return HTTPSeeOther(place_of(request, comment))
