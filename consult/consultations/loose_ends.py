"""What is still open when an official moves a consultation on: rooms above register what they count.

Consultations know nothing of texts, comments and replies. A room that does registers a function
with ``config.add_loose_end(name, function)``; it is asked where a move leaves such things behind.
"""

from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.moves import Move

#: Takes a consultation and returns how much of that is open in it.
Counter = Callable[[Session, Consultation], int]

# What each move is to be confirmed in the knowledge of, in the order in which it is said.
LEAVES: dict[Move, tuple[str, ...]] = {
    Move.SCHEDULE: ("without text",),
    Move.OPEN: ("without text",),
    Move.REOPEN: ("without text",),
    Move.CLOSE: ("pending", "unconfirmed", "questions"),
    Move.ANSWER: ("questions", "pending", "unconfirmed", "drafts"),
}


def add_loose_end(config: Configurator, name: str, counter: Counter) -> None:
    """Register a function that counts what is open under one of the names in the table."""
    config.registry.setdefault("loose ends", {})[name] = counter


def loose_ends(
    registry: Registry, session: Session, consultation: Consultation, move: Move | None
) -> dict[str, int]:
    """Return by name how much `move` leaves open; what is not open is left out."""
    counters = registry.get("loose ends", {})
    counted = {
        name: counters[name](session, consultation)
        for name in (LEAVES.get(move, ()) if move else ())
        if name in counters
    }
    return {name: n for name, n in counted.items() if n}
