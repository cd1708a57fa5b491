"""What we measure ourselves against: one Pyramid view on the same waitress, and nothing else.

``bare PORT page FILE`` returns the bytes of a file; ``bare PORT insert DATABASE`` stores one row of
what was posted with synchronous=FULL and redirects; ``bare PORT search FOLDER`` asks the search
engine over the index in a folder and returns the names of what it found.
"""

import sqlite3
import sys
import threading
from pathlib import Path

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from waitress import serve

from consult.commands.serving import OPTIONS
from consult.search.engine import Engine
from consult.search.query import parse


def page(file: str) -> Configurator:
    body = Path(file).read_bytes()
    config = Configurator()
    config.add_route("page", "/{rest:.*}")
    config.add_view(
        lambda _request: Response(body, content_type="text/html", charset="utf-8"),
        route_name="page",
    )
    return config


def insert(database: str) -> Configurator:
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(database, isolation_level=None, timeout=10)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
        mine: sqlite3.Connection = local.connection
        return mine

    connection().execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT)")

    def view(request: Request) -> Response:
        connection().execute("INSERT INTO said (text) VALUES (?)", (request.POST["text"],))
        return HTTPSeeOther("/")

    config = Configurator()
    config.add_route("page", "/{rest:.*}")
    config.add_view(view, route_name="page")
    return config


def search(folder: str) -> Configurator:
    engine = Engine(Path(folder))
    engine.check()

    def view(request: Request) -> Response:
        results = engine.search(parse(request.GET["q"]))
        return Response("\n".join([str(results.total), *(hit.id for hit in results.hits)]))

    config = Configurator()
    config.add_route("page", "/{rest:.*}")
    config.add_view(view, route_name="page")
    return config


if __name__ == "__main__":
    port, kind, argument = sys.argv[1:]
    made = {"page": page, "insert": insert, "search": search}[kind](argument)
    serve(made.make_wsgi_app(), listen=f"127.0.0.1:{port}", _quiet=True, **OPTIONS)
