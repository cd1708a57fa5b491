"""Ending a server without cutting anybody off."""

import ctypes
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Any

from waitress.server import BaseWSGIServer
from waitress.wasyncore import loop

from consult.commands.arriving import Channel

PATIENCE = 30.0  # seconds that requests which have arrived are given to be answered
FIRST_BYTE = 1.0  # seconds that a connection is given to say something before we leave
HANDSHAKE = 0.1  # seconds in which connections that are being made are made

# Classic BPF (bpf(2), linux/filter.h): load the byte of TCP's flags; where SYN is among them, drop.
_ATTACH_FILTER = 26
_NO_SYN = ((0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFFFFFF))

Sockets = dict[int, Any]


class Farewell:
    """How far signals have brought the end; a signal handler."""

    # None so far; whoever comes is still served; nobody is taken in any more; everybody leaves.
    NO, SAID, CLOSED, OVER = range(4)

    def __init__(self) -> None:
        self.step = self.NO

    @property
    def asked(self) -> bool:
        """True once we are to stop."""
        return self.step > self.NO

    def __call__(self, number: int, _frame: Any) -> None:
        # Ctrl-C is somebody at the keyboard who wants it to end; no proxy has to notice.
        self.step = max(self.step + 1, self.CLOSED if number == signal.SIGINT else self.SAID)


def listeners(sockets: Sockets) -> list[Any]:
    """Return those of a server's sockets that take connections."""
    return [one for one in list(sockets.values()) if isinstance(one, BaseWSGIServer)]


def serve(sockets: Sockets, farewell: Farewell, seconds: float) -> None:
    """Serve until told to stop, `seconds` more, and then whoever has come until then."""
    while not farewell.asked:
        loop(timeout=0.25, map=sockets, count=1)
    _for_a_while(sockets, farewell, Farewell.CLOSED, seconds)
    farewell.step = max(farewell.step, Farewell.CLOSED)
    _close(sockets)
    until = time.monotonic() + PATIENCE
    while (
        farewell.step < Farewell.OVER
        and time.monotonic() < until
        and any(_busy(one) for one in list(sockets.values()))
    ):
        loop(timeout=0.05, map=sockets, count=1)


def _for_a_while(sockets: Sockets, farewell: Farewell, step: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while farewell.step < step and time.monotonic() < until:
        loop(timeout=min(0.25, seconds), map=sockets, count=1)


def _close(sockets: Sockets) -> None:
    """Stop taking connections; nobody who was let in by the system is cut off."""
    until = time.monotonic() + HANDSHAKE
    for listener in listeners(sockets):
        _turn_away(listener.socket)
    while time.monotonic() < until:
        loop(timeout=HANDSHAKE / 4, map=sockets, count=1)
    for listener in listeners(sockets):
        known = -1
        while len(listener.active_channels) != known:
            known = len(listener.active_channels)
            listener.handle_accept()
        listener.accepting = False
        listener.del_channel()
        listener.socket.close()


def _turn_away(listener: socket.socket) -> None:
    """Have the system answer nobody who comes from now on, where it can be told so.

    They try again in a second and find the door closed. Whoever it lets in between our last look
    and the closing would believe to be connected and be cut off.
    """
    if sys.platform != "linux" or listener.family == socket.AF_UNIX:
        return
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in _NO_SYN))
    described = struct.pack("HP", len(_NO_SYN), ctypes.addressof(program))
    with suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, described)


def _busy(channel: Any) -> bool:
    """Say whether a connection has a request that came in, even in part, or an answer to send."""
    if not isinstance(channel, Channel):
        return False
    new = not channel.spoken and time.time() - channel.creation_time < FIRST_BYTE
    return bool(
        channel.requests
        or channel.request
        or channel.total_outbufs_len
        or channel.close_when_flushed
        or (new and channel.connected)
    )
