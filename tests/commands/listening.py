"""The real server in a thread of the test."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from consult.commands import leaving
from consult.commands.serving import listen
from consult.layout.headers import Outermost
from consult.settings import read_settings
from consult.web import ARRIVED


class Slow:
    """The application behind a door that some people take seconds to get through."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.registry = app.registry
        self.arrived: list[datetime] = []
        self.inside = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self.arrived.append(environ[ARRIVED])
        self.inside.set()
        time.sleep(float(environ.get("HTTP_X_SLOW", "0")))
        return self.app(environ, start)


class Bare:
    """As much of an application as a server needs."""

    def __init__(self, data: Path) -> None:
        self.registry = {"settings": read_settings({"consult.data": str(data)}, {})}

    def __call__(self, _environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Length", "0")])
        return [b""]


@contextmanager
def served(app: Any, **options: str) -> Iterator[tuple[Slow, int]]:
    slow = Slow(app)
    outermost = Outermost(slow, app.registry)
    options = {"host": "127.0.0.1", "port": "0", "threads": "1"} | options
    server = listen(outermost, **options)
    farewell = app.registry["stopping"]
    thread = threading.Thread(target=leaving.serve, args=[server._map, farewell, 0])
    thread.start()
    try:
        yield slow, server.effective_port
    finally:
        farewell.step = farewell.CLOSED
        thread.join()
        server.task_dispatcher.shutdown()
        for left in list(server._map.values()):
            left.close()
