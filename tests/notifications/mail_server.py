"""A mail server on a socket of this machine: as much of RFC 5321 as a client needs."""

import base64
import socketserver
import ssl
import threading
from typing import Any


class MailServer:
    """Keeps what it is given in `letters`; refuses as `answers` (by the command's word) says."""

    def __init__(self, context: ssl.SSLContext | None = None, extensions: str = "8BITMIME") -> None:
        self.letters: list[bytes] = []
        self.recipients: list[str] = []
        self.commands: list[str] = []
        self.credentials: list[str] = []
        self.answers: dict[str, str] = {}
        self.callers = 0
        # The first caller is asked to wait until this is set.
        self.awake = threading.Event()
        self.awake.set()
        self.context = context
        self.extensions = extensions.split(",")
        office = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    converse(office, self)
                finally:
                    self.connection.close()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A client that goes away in the middle is part of the tests."""

        self._server = Server(("127.0.0.1", 0), Conversation)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def converse(office: MailServer, client: Any) -> None:
    """Speak with one client until it says QUIT or goes away."""

    def say(line: str) -> None:
        client.wfile.write(line.encode() + b"\r\n")

    office.callers += 1
    first = office.callers == 1
    while first and not office.awake.wait(2):
        say("220-wait")
    say("220 test")
    while line := client.rfile.readline().decode().strip():
        word = line.split()[0].split(":")[0].upper()
        office.commands.append(word)
        if word in office.answers:
            say(office.answers[word])
        elif word == "EHLO":
            offered = ["test", *filter(None, office.extensions)]
            for extension in offered[:-1]:
                say(f"250-{extension}")
            say(f"250 {offered[-1]}")
        elif word == "STARTTLS" and office.context:
            say("220 go on")
            client.connection = office.context.wrap_socket(client.connection, server_side=True)
            client.rfile = client.connection.makefile("rb")
            client.wfile = client.connection.makefile("wb", buffering=0)
        elif word == "AUTH":
            office.credentials.append(base64.b64decode(line.split()[-1]).decode())
            say("235 welcome")
        elif word == "DATA":
            say("354 go on")
            lines = iter(client.rfile.readline, b".\r\n")
            office.letters.append(b"".join(one.removeprefix(b".") for one in lines))
            say("250 taken")
        elif word == "QUIT":
            say("221 goodbye")
            return
        else:
            if word == "RCPT":
                office.recipients.append(line.split(":", 1)[1].strip())
            say("250 fine")
