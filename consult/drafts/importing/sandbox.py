"""The parent's side of the child process that reads a file.

The child gets the file on its standard input and answers with one JSON object. It starts without
site packages' start-up code and with a bare environment, limits itself before it looks at the
first byte, and is killed when it takes too long.
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

from consult.drafts.importing import limits
from consult.drafts.importing.blocks import Block, Draft, ImportRefused, Kind, finding_from
from consult.drafts.importing.messages import _, message_from
from consult.drafts.importing.places import place_from
from consult.drafts.importing.wording import EMPTY

_log = logging.getLogger(__name__)
_CHILD = Path(__file__).with_name("child.py")

# Without these some installations of Python cannot start at all.
_ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")

TOO_SLOW = _(
    "This file took too long to read; divide it into parts, or save it afresh from the program"
    " that it was written with."
)
DAMAGED = _(
    "This file could not be read and may be damaged; open it in the program that it was written"
    " with, save it under a new name and try again."
)


def read_in_child(data: bytes, filename: str) -> Draft:
    """Read a file in a child process. Raises ImportRefused."""
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
    return _draft(_answer(data, filename))


def _answer(data: bytes, filename: str) -> dict[str, Any]:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as complaints:
        source.write(data)
        source.seek(0)
        answer, status = _run(source, complaints, filename)
        if status == 0 and len(answer) <= limits.MAX_ANSWER_BYTES:
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
    if status in (-signal.SIGKILL, -signal.SIGXCPU):
        raise ImportRefused(TOO_SLOW)
    raise ImportRefused(DAMAGED)


def _run(source: IO[bytes], complaints: IO[bytes], filename: str) -> tuple[bytes, int]:
    """Let the child work; its answer (cut off above the limit) and its exit status."""
    setting = json.dumps({"path": sys.path, "filename": filename[-255:]})
    child = subprocess.Popen(  # noqa: S603, every word of the command is ours
        # No site, no user's start-up files, UTF-8 whatever the locale; sys.path is handed over.
        [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD), setting],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        cwd=os.sep,
        close_fds=True,
    )
    output = child.stdout
    assert output is not None
    timer = threading.Timer(limits.WALL_SECONDS, child.kill)
    timer.start()
    try:
        answer = output.read(limits.MAX_ANSWER_BYTES + 1)
        if len(answer) > limits.MAX_ANSWER_BYTES:
            child.kill()
        return answer, child.wait()
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        output.close()


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
