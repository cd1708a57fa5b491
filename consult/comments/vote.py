"""Agreeing and disagreeing with what others said."""

from collections.abc import Mapping

from pyramid.httpexceptions import HTTPSeeOther, HTTPUnprocessableEntity
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.addresses import place_of
from consult.comments.models import Ballot, Comment, Vote
from consult.comments.tree import Node
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.web import Request

BALLOTS = {"agree": Ballot.AGREE, "disagree": Ballot.DISAGREE, "none": None}
NOTICES = {
    Ballot.AGREE: "vote-agree",
    Ballot.DISAGREE: "vote-disagree",
    None: "vote-none",
}


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


def count_votes(session: Session, nodes: Mapping[int, Node], account_id: int) -> None:
    """Write on each node, found by its comment's id, the votes and how this account voted."""
    if not nodes:
        return
    own = case((Vote.account_id == account_id, 1), else_=0)
    query = (
        select(Vote.comment_id, Vote.value, func.count(), func.max(own))
        .where(Vote.comment_id.in_(nodes))
        .group_by(Vote.comment_id, Vote.value)
    )
    for comment_id, value, n, mine in session.execute(query):
        node = nodes[comment_id]
        if value is Ballot.AGREE:
            node.agree = n
        else:
            node.disagree = n
        if mine:
            node.mine = value.value


@view_config(route_name="comment_vote", request_method="POST", permission=Permission.VOTE)
def vote(comment: Comment, request: Request) -> Response:
    """Take a vote and lead back to the comment."""
    account = me(request)
    value = request.POST.get("value")
    if account is None or not isinstance(value, str) or value not in BALLOTS:
        raise HTTPUnprocessableEntity
    limit(request, Act.VOTE, account.id)
    cast(request.db, comment, account, BALLOTS[value])
    return HTTPSeeOther(place_of(request, comment, notice=NOTICES[BALLOTS[value]]))
