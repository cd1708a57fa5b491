"""A site of its own for the command line: an ini file, a data folder, real processes."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CONSULT = str(Path(sys.executable).parent / "consult")

INI = """\
[app:main]
use = egg:consult
consult.data = {data}
consult.environment = development
consult.public_url = http://localhost:{port}
consult.worker = inside

[server:main]
use = egg:consult
host = 127.0.0.1
port = {port}
"""


@dataclass(frozen=True)
class Site:
    """A site's ini file and data folder."""

    ini: Path
    data: Path

    def call(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run ``consult -c INI words…`` and expect this exit status."""
        done = subprocess.run(
            [CONSULT, "-c", str(self.ini), *words], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == status, done.stderr or done.stdout
        return done

    def refused(self, *words: str) -> str:
        """Run a command that says no; return the one sentence with which it does."""
        said = self.call(*words, status=1).stderr
        assert len(said.splitlines()) == 1, said
        assert "Traceback" not in said
        return said


def make_site(folder: Path, port: int = 6543) -> Site:
    folder.mkdir(parents=True, exist_ok=True)
    ini = folder / "site.ini"
    ini.write_text(INI.format(data=folder / "data", port=port))
    return Site(ini, folder / "data")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site whose database has been migrated."""
    site = make_site(tmp_path / "site")
    site.call("migrate")
    return site


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Give a small draft."""
    path = tmp_path / "draft.md"
    path.write_text("# Benches\n\n## 1 Why\n\n1.1 People sit.\n\n1.2 They sit in the shade.\n")
    return path
