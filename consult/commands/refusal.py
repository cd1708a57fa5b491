"""How a command says no."""

from consult.outages import Outage, outage_of

SENTENCES = {
    Outage.DATABASE: "The database cannot be reached; see that it runs and that the settings name it.",
    Outage.IN_DOUBT: "The database went away at the last moment; look whether it has been done.",
    Outage.FULL: "There is no room left on the disk; make some, and run the command again.",
    Outage.COUNTER: "Redis cannot be reached; see that it runs and that the settings name it.",
}


class CommandRefused(Exception):
    """A command cannot do what it was asked; the message is one sentence that says what to do."""


def sentence_about(error: Exception) -> str:
    """Return what to tell an operator of an error that is no fault of ours; "" where it is one."""
    outage = outage_of(error)
    if outage is not None:
        return SENTENCES[outage]
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    return ""
