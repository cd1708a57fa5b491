"""When a request arrived: noted as its first byte comes in, before it waits for a thread.

A proxy in front of us may know better, if the server's settings trust it, and says so in
``X-Request-Start``.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask
from waitress.utilities import Error

from consult import clock
from consult.outages import Outage, outage_of
from consult.web import ARRIVED

# How long before it was here as a whole a request can have arrived: whoever sends a byte before the
# end of a consultation and the rest an hour later has not been in time.
GRANTED = timedelta(seconds=60)
# Seconds, milliseconds or microseconds since 1970, as nginx, Apache and others write them.
_STARTED = re.compile(r"(?:t=)?([0-9]{10,16}(?:\.[0-9]{1,9})?)")
_MOST_SECONDS = 10**11


class Full(Error):
    """The answer to a request for which there is no room."""

    code = 503
    reason = "Service Unavailable"


class Parser(HTTPRequestParser):
    """Notes when a request began and when all of it was here."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began_at = self.ended_at = clock.now()

    def received(self, data: bytes) -> int:
        """Take some bytes; return how many of them were this request's."""
        consumed: int = super().received(data)
        self.ended_at = clock.now()
        return consumed


class Task(WSGITask):
    """Tells the application when its request arrived."""

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment."""
        environ: dict[str, Any] = super().get_environment()
        environ.setdefault(ARRIVED, self._arrived(environ.get("HTTP_X_REQUEST_START", "")))
        # Bodies are kept where one can read them again, so nobody needs a copy for that.
        environ["webob.is_body_seekable"] = True
        return environ

    def _arrived(self, told: str) -> datetime:
        proxy = self.channel.server.adj.trusted_proxy
        trusted = proxy is not None and proxy in ("*", self.channel.addr[0])
        began: datetime = self.request.began_at
        ended: datetime = self.request.ended_at
        started = started_at(told) if trusted else None
        return max(min(began, started or began), ended - GRANTED)

    def build_response_header(self) -> bytes:
        """Return the head of the answer; while we are stopping it is the connection's last."""
        if self.channel.server.stopping.asked:
            self.request.headers["CONNECTION"] = "close"
        head: bytes = super().build_response_header()
        return head


class Channel(HTTPChannel):
    """One connection."""

    parser_class = Parser
    task_class = Task
    request: Any  # the one of which only a part is here, or None
    spoken = False  # whether anything ever came

    def received(self, data: bytes) -> bool:
        """Take some bytes of one or more requests; refuse one that the disk has no room for."""
        self.spoken = True
        try:
            taken: bool = super().received(data)
        except OSError as error:
            if outage_of(error) is not Outage.FULL or self.request is None:
                raise
            self._refuse()
            return True
        return taken

    def _refuse(self) -> None:
        with self.requests_lock:
            self.request.error = Full("There is no room for this at the moment; try again later.")
            self.request.completed = True
            self.requests.append(self.request)
            self.request = None
            if len(self.requests) == 1:
                self.server.add_task(self)


def started_at(told: str) -> datetime | None:
    """Return the time that ``X-Request-Start`` names; None where it names none."""
    found = _STARTED.fullmatch(told.strip())
    if found is None:
        return None
    seconds = float(found[1])
    while seconds >= _MOST_SECONDS:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC)
