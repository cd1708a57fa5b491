"""`consult serve`: serve the site."""

import argparse

from consult.commands.opening import open_site, read_ini
from consult.commands.serving import listen
from consult.commands.serving import run as serve


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the port."""
    parser.add_argument("--port", help="the port, if not the ini file's", type=int)


def run(arguments: argparse.Namespace) -> int:
    """Serve the site of the ini file until told to stop."""
    overrides = {"http_port": str(arguments.port)} if arguments.port else {}
    ini = read_ini(arguments, **overrides)
    app = open_site(ini)
    options = dict(ini["server:main"]) if "server:main" in ini else {}
    for name in ("use", *ini["DEFAULT"]):
        options.pop(name, None)
    if arguments.port:
        options["port"] = str(arguments.port)
    server = listen(app, **options)
    print(f"Consult is at {app.registry['settings'].public_url}", flush=True)
    serve(app, server)
    return 0
