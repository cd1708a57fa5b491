"""The folder in which letters land where there is no mail server."""

import os
import re
from email.message import EmailMessage
from pathlib import Path

from consult.notifications.letters import Letter
from consult.settings import Settings

#: The moment that the letter was written, so that names sort by time, and the letter's own name.
NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{32}\.eml")


def folder_of(settings: Settings) -> Path:
    """Return the folder; it may not be there yet."""
    return settings.data / "letters"


def deliver(settings: Settings, letter: Letter, message: EmailMessage) -> None:
    """Put a letter into the folder, whole or not at all; a second time it replaces the first."""
    folder = folder_of(settings)
    # Letters hold addresses and links that let people in.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{letter.written_at:%Y%m%dT%H%M%S%f}Z-{letter.name}.eml"
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
