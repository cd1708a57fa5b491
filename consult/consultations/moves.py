"""How a consultation gets from one phase to the next: one table."""

from enum import StrEnum

from consult.consultations.phases import Phase


class Move(StrEnum):
    """What an official, or the clock, can do to a consultation's phase."""

    SCHEDULE = "schedule"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    ANSWER = "answer"
    RESUME = "resume"  # it was called answered, but is not
    WITHDRAW = "withdraw"  # back into preparation


TABLE = """
from       move      to
draft      schedule  scheduled
draft      open      open
scheduled  open      open
scheduled  withdraw  draft
open       close     closed
open       withdraw  draft
closed     reopen    open
closed     answer    answered
answered   resume    closed
"""

MOVES: dict[tuple[Phase, Move], Phase] = {
    (Phase(start), Move(move)): Phase(end)
    for start, move, end in (line.split() for line in TABLE.strip().splitlines()[1:])
}

# What happens by itself when the hour has come.
BY_CLOCK = {Phase.SCHEDULED: Move.OPEN, Phase.OPEN: Move.CLOSE}


def possible(phase: Phase) -> list[Move]:
    """Return the moves that begin at `phase`, in the order of the table."""
    return [move for start, move in MOVES if start is phase]
