"""How a command says no."""


class CommandRefused(Exception):
    """A command cannot do what it was asked; the message is one sentence that says what to do."""
