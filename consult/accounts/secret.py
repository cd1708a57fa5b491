"""The site's own secret, with which it signs what it hands out and wants to recognise later."""

import os
import secrets
from pathlib import Path

from consult.settings import Settings

FILE = "secret"
BYTES = 32


def site_secret(settings: Settings) -> bytes:
    """Return the secret that the operator set, or the one in the data folder, made when missing.

    Nodes that share no data folder must be given the same secret in the settings.
    """
    if settings.secret:
        return settings.secret.encode()
    path = settings.data / FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        _make(path)
        return path.read_bytes()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(BYTES).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        # Unlike a rename, a link does not replace the secret that another process made meanwhile.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
