"""The web server: waitress, told what suits us, and stopping without dropping anybody.

Waitress by itself ends at once on SIGTERM, and requests that are being answered die. Here /readyz
says no first, and requests are still taken for as long as a proxy may need to notice; then nothing
new is accepted, every request that has arrived is answered, and the server ends.
"""

import errno
import signal
import sys
import threading
from typing import Any

from waitress.server import create_server

from consult.commands import leaving
from consult.commands.occupying import occupy
from consult.commands.refusal import CommandRefused
from consult.commands.refusals import dress
from consult.layout.headers import Outermost
from consult.outbox import Worker
from consult.settings import Settings
from consult.shipped import INSTALLED

OPTIONS = {
    "threads": "8",
    "connection_limit": "500",
    "channel_timeout": "60",
    "ident": "",
}
ANOTHER_PORT = "consult -c INI serve --port " if INSTALLED else "make run PORT="


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
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandRefused(
                f"Port {port} is taken by another program; "
                f"choose another one, for example: {ANOTHER_PORT}{int(port) + 1}"
            ) from None
        raise CommandRefused(f"Cannot listen on {options['listen']}: {error.strerror}.") from None
    app.registry["stopping"] = farewell = leaving.Farewell()
    for listener in leaving.listeners(_sockets(server)):
        listener.stopping = farewell
        dress(listener, app)
    return server


def run(app: Outermost, server: Any) -> None:
    """Serve until SIGTERM or SIGINT, with the worker beside where the settings want it inside."""
    settings: Settings = app.registry["settings"]
    worker = Worker(app.registry)
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    if settings.worker == "inside":
        app.registry["worker"] = worker
        thread.start()
    # Opening the search index takes a second where there is much in it; nobody has to wait for it.
    opening = app.registry["search engine"].check
    threading.Thread(target=opening, name="search index", daemon=True).start()
    farewell = app.registry["stopping"]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, farewell)
    leaving.serve(_sockets(server), farewell, settings.stopping_seconds)
    worker.stop()
    if thread.is_alive():
        thread.join(leaving.PATIENCE)


def _sockets(server: Any) -> dict[int, Any]:
    sockets: dict[int, Any] = getattr(server, "map", None) or server._map
    return sockets


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
