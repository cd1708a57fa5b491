"""Where the files are that come with the program and are no code of its own.

A checkout has style sheets, migrations and ini files beside the package; a wheel carries them inside
it (setup.py puts them there).
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Whether the program was installed from a wheel and has no checkout around it.
INSTALLED = (PACKAGE / "static").is_dir()
HOME = PACKAGE if INSTALLED else PACKAGE.parent


def shipped(name: str) -> Path:
    """Return the file or folder `name` that comes with the program, such as "migrations"."""
    return HOME / name


def usual_data() -> Path:
    """Return the data folder of a site whose settings name none.

    In a checkout it is always the same; the folder in which packages are installed is no place to
    write to, so without a checkout it is below the folder that a command is called in.
    """
    return Path.cwd() / "var" if INSTALLED else HOME / "var"
