"""The parent's side of the child process that reads a file.

The child gets the file on its standard input and answers with one JSON object. It starts without
site packages' start-up code and with a bare environment, limits itself before it looks at the
first byte, and is killed when it takes too long. What counts is the time that it takes up a
processor: a machine with much to do makes every file slow, and no file worse.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from base64 import b64decode
from pathlib import Path
from typing import IO, Any

from consult.blocks.blocks import Block, Draft, ImportRefused, Kind, finding_from
from consult.blocks.messages import _, message_from
from consult.blocks.places import place_from
from consult.importing import limits
from consult.importing.turns import Turns
from consult.importing.wording import EMPTY, TOO_MUCH_MEMORY

_log = logging.getLogger(__name__)
_CHILD = Path(__file__).with_name("child.py")

# Without these some installations of Python cannot start at all.
_ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")

TOO_SLOW = _(
    "This file took too long to read; divide it into parts, or save it afresh from the program"
    " that it was written with."
)
HANGING = _(
    "Reading this file took too long, because the machine is busy or the file is damaged; try again"
    " later, or save it afresh from the program that it was written with."
)
STOPPED = _("The reading of this file was stopped from outside before its end; try again.")
DAMAGED = _(
    "This file could not be read and may be damaged; open it in the program that it was written"
    " with, save it under a new name and try again."
)

# Why a child that gave no answer ended, by its status.
_ENDINGS = {-signal.SIGXCPU: TOO_SLOW, -signal.SIGALRM: HANGING, -signal.SIGKILL: STOPPED}


def read_in_child(data: bytes, filename: str, turns: Turns) -> Draft:
    """Read a file in a child process, when it is its turn. Raises ImportRefused, also as Busy."""
    if not data:
        raise ImportRefused(EMPTY)
    if len(data) > limits.MAX_FILE_BYTES:
        raise ImportRefused(
            _(
                "This file is larger than ${megabytes} MB; take the pictures out of it or divide it"
                " into parts.",
                megabytes=limits.MAX_FILE_BYTES // 1_000_000,
            )
        )
    with turns.taken():
        answer = _answer(data, filename)
    return _draft(answer)


def _answer(data: bytes, filename: str) -> dict[str, Any]:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as complaints:
        source.write(data)
        source.seek(0)
        answer, status = _run(source, complaints, filename)
        if status == 0:
            parsed: dict[str, Any] = json.loads(answer)
            return parsed
        complaints.seek(0)
        # The traceback is for whoever runs the site; the person who chose the file gets a sentence.
        _log.error(
            "reading %r ended with status %s: %s",
            filename,
            status,
            complaints.read(8_000).decode("utf-8", "replace"),
        )
    raise ImportRefused(_ENDINGS.get(status, DAMAGED))


def _run(source: IO[bytes], complaints: IO[bytes], filename: str) -> tuple[bytes, int]:
    """Let the child work; its answer and its exit status.

    Raises ImportRefused where it hangs, or answers with more than is taken.
    """
    child = subprocess.Popen(  # noqa: S603, every word of the command is ours
        # No site, no user's start-up files, UTF-8 whatever the locale; sys.path is handed over.
        [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD), _setting(filename)],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        cwd=os.sep,
        close_fds=True,
    )
    output = child.stdout
    assert output is not None
    hung = threading.Event()
    timer = threading.Timer(limits.WALL_SECONDS, _give_up, (child, hung))
    timer.start()
    try:
        answer = output.read(limits.MAX_ANSWER_BYTES + 1)
        if len(answer) > limits.MAX_ANSWER_BYTES:
            raise ImportRefused(TOO_MUCH_MEMORY)
        status = child.wait()
        if hung.is_set():
            raise ImportRefused(HANGING)
        return answer, status
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        output.close()


def _setting(filename: str) -> str:
    """What the child is told, as JSON."""
    said = {
        "path": sys.path,
        "filename": filename[-255:],
        "parent": os.getpid(),
        "processor_seconds": limits.PROCESSOR_SECONDS,
        "wall_seconds": limits.WALL_SECONDS,
    }
    return json.dumps(said)


def _give_up(child: subprocess.Popen[bytes], hung: threading.Event) -> None:
    hung.set()
    child.kill()


def _draft(answer: dict[str, Any]) -> Draft:
    if "refused" in answer:
        raise ImportRefused(message_from(answer["refused"]))
    return Draft(
        blocks=tuple(
            Block(Kind(kind), level, label, html, text, place_from(place))
            for kind, level, label, html, text, place in answer["blocks"]
        ),
        findings=tuple(finding_from(finding) for finding in answer["findings"]),
        language=answer["language"],
        format=answer["format"],
        images={digest: b64decode(image) for digest, image in answer["images"].items()},
    )
