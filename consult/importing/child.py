"""The process that reads one file: run as a script by `sandbox`, never imported.

In: the file on standard input, settings as JSON in the first argument ("path": where modules
are found, "filename", "parent": the process that started this one, "processor_seconds" and
"wall_seconds": how long it may take). Out: one JSON object on standard output, a draft or a refusal.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _prepare(path: list[str]) -> None:
    """Let `consult.importing` be imported without the packages around it.

    Their start-up code brings in the web framework and the database, which cost half a second
    and have no business in a process that handles hostile files.
    """
    import types
    from pathlib import Path

    sys.path[:] = path
    consult = types.ModuleType("consult")
    consult.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["consult"] = consult


def _limit(setting: "dict[str, Any]") -> None:
    """Take away what reading a file does not need, for good."""
    import os
    import signal

    _end_with(setting["parent"])
    try:
        import resource
    except ImportError:  # Not a POSIX system: the parent's clock is the only limit there.
        return
    from consult.importing import limits

    wanted = {
        resource.RLIMIT_AS: _address_space() + limits.MEMORY_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 1_000_000,
        resource.RLIMIT_NOFILE: 32,
    }
    for what, most in wanted.items():
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # macOS knows no limit of the address space.
            continue
    # The first limit ends the process with a signal that says why, the second without fail.
    seconds = setting["processor_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    signal.alarm(int(setting["wall_seconds"]) + 2)
    # Those who read and write on the site come first.
    os.nice(3)


def _end_with(parent: int) -> None:
    """End when the parent does, where the system can be asked for that: nobody else would stop us."""
    import ctypes
    import os
    import signal

    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (AttributeError, OSError):  # Not Linux: the limits below are left.
        return
    if os.getppid() != parent:
        os._exit(1)


def _address_space() -> int:
    """Bytes of address space that this process takes up now; 0 where the system does not say."""
    import resource
    from pathlib import Path

    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * resource.getpagesize()
    except OSError:
        return 0


def _answer(data: bytes, filename: str) -> dict[str, object]:
    from base64 import b64encode
    from dataclasses import asdict

    from consult.blocks.blocks import ImportRefused
    from consult.importing.formats import read_here
    from consult.importing.wording import TOO_MUCH_MEMORY

    try:
        draft = read_here(data, filename)
    except ImportRefused as refusal:
        return {"refused": asdict(refusal.message)}
    except (MemoryError, RecursionError):
        return {"refused": asdict(TOO_MUCH_MEMORY)}
    return {
        "blocks": [
            [b.kind, b.level, b.label, b.html, b.text, b.place and asdict(b.place)]
            for b in draft.blocks
        ],
        "findings": [asdict(finding) for finding in draft.findings],
        "language": draft.language,
        "format": draft.format,
        "images": {
            digest: b64encode(image).decode("ascii") for digest, image in draft.images.items()
        },
    }


def main() -> None:
    import json

    setting = json.loads(sys.argv[1])
    _prepare(setting["path"])
    _limit(setting)
    answer = _answer(sys.stdin.buffer.read(), setting["filename"])
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
