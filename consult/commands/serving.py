"""The web server: waitress, told what suits us, and stopping without dropping anybody.

Waitress by itself ends at once on SIGTERM, and requests that are being answered die. Here it stops
accepting first, lets every request that has arrived be answered, and then ends.
"""

import errno
import signal
import sys
import threading
import time
from typing import Any

from waitress.server import BaseWSGIServer, create_server
from waitress.wasyncore import loop

from consult.commands.occupying import occupy
from consult.commands.refusal import CommandRefused
from consult.commands.refusals import dress
from consult.layout.headers import Outermost
from consult.outbox import Worker
from consult.settings import Settings

PATIENCE = 30.0  # seconds that requests which have arrived are given to be answered
OPTIONS = {
    "threads": "8",
    "connection_limit": "500",
    "channel_timeout": "60",
    "ident": "",
    "send_bytes": "1",
}


def listen(app: Outermost, **options: Any) -> Any:
    """Return a waitress server for `app` that is listening.

    Raises CommandRefused where the address is taken or may not be used.
    """
    settings: Settings = app.registry["settings"]
    # A little more than a file may have, for the form around it.
    limit = str((settings.upload_megabytes + 1) * 2**20)
    host, port = options.pop("host", "localhost"), options.pop("port", "6543")
    options = {"listen": f"{host}:{port}", "max_request_body_size": limit, **OPTIONS, **options}
    try:
        server = create_server(app, **options)
        dress(server, app)
        return server
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandRefused(
                f"Port {port} is taken by another program; "
                f"choose another one, for example: make run PORT={int(port) + 1}"
            ) from None
        raise CommandRefused(f"Cannot listen on {options['listen']}: {error.strerror}.") from None


def run(app: Outermost, server: Any) -> None:
    """Serve until SIGTERM or SIGINT, with the worker beside where the settings want it inside."""
    worker = Worker(app.registry)
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    if app.registry["settings"].worker == "inside":
        app.registry["worker"] = worker
        thread.start()
    # Opening the search index takes a second where there is much in it; nobody has to wait for it.
    opening = app.registry["search engine"].check
    threading.Thread(target=opening, name="search index", daemon=True).start()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sockets = getattr(server, "map", None) or server._map
    while not stopping.is_set():
        loop(timeout=0.25, map=sockets, count=1)
    _drain(sockets)
    worker.stop()
    if thread.is_alive():
        thread.join(PATIENCE)


def _drain(sockets: dict[int, Any]) -> None:
    for dispatcher in list(sockets.values()):
        if isinstance(dispatcher, BaseWSGIServer):
            dispatcher.accepting = False
            dispatcher.del_channel()
            dispatcher.socket.close()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(_busy(d) for d in list(sockets.values())):
        loop(timeout=0.05, map=sockets, count=1)


def _busy(channel: Any) -> bool:
    """Say whether a connection has a request that came in, even in part, or an answer to send."""
    return bool(
        getattr(channel, "requests", None)
        or getattr(channel, "request", None)
        or getattr(channel, "total_outbufs_len", 0)
    )


def paste_server(app: Outermost, _global_conf: dict[str, str], **options: Any) -> int:
    """Serve as an ini file's [server:main] says (``use = egg:consult``), for pserve."""
    try:
        occupy(app.registry["settings"])
        server = listen(app, **options)
    except CommandRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"Consult is at {app.registry['settings'].public_url}", flush=True)
    run(app, server)
    return 0
