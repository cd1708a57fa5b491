"""Consult for those who have no checkout: a wheel, built and installed and used outside of one."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

from consult.commands import init
from consult.commands.refusal import CommandRefused
from consult.layout import assets
from consult.settings import read_settings
from consult.shipped import HOME

# What a fresh clone has and building a wheel asks for.
FOLDERS = ("consult", "migrations", "static")
FILES = ("setup.py", "pyproject.toml", "README.md", "LICENSE", "package.json", "package-lock.json")
INI_FILES = ("development.ini", "production.ini")
MADE = ("__pycache__", "vendor", "*.mo", "compiled")
OFFLINE = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
# Neither the checkout's code nor another site's settings.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name != "PYTHONPATH" and not name.startswith("CONSULT_")
}


def called(*words: object, cwd: Path, status: int = 0, **environ: str) -> tuple[str, str]:
    """Run a command; return what it said on standard output and standard error."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=ENVIRONMENT | environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr + done.stdout
    return done.stdout, done.stderr


def files_in(folder: Path) -> set[str]:
    """Return the files below a folder, without what Python keeps of those that it has read."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the checkout as git has it, in which nothing was made."""
    folder = tmp_path_factory.mktemp("clone")
    for name in FOLDERS:
        shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns(*MADE))
    for name in (*FILES, *INI_FILES):
        shutil.copy(HOME / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel that the clone makes, where an earlier build has left something behind."""
    (clone / "node_modules").symlink_to(HOME / "node_modules")
    left = clone / "build" / "lib" / "consult" / "removed.py"
    left.parent.mkdir(parents=True)
    left.touch()
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip")
    called(*pip, "wheel", ".", *OFFLINE, "--no-build-isolation", "-w", folder, cwd=clone)
    (file,) = folder.iterdir()
    return file


@dataclass(frozen=True)
class Installed:
    """An environment in which the wheel is, and a folder to be in."""

    environment: Path
    here: Path

    @property
    def program(self) -> Path:
        return self.environment / "bin" / "consult"

    def call(self, *words: object, status: int = 0) -> tuple[str, str]:
        """Run ``consult words…`` in the folder."""
        return called(self.program, *words, cwd=self.here, status=status)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Give the wheel, installed; what it depends on is found where these tests find it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    called(sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, wheel, cwd=folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A folder named like this is searched, but the files in it that would lead to the checkout are
    # not followed.
    found = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(found))
    return Installed(folder, tmp_path_factory.mktemp("elsewhere"))


def test_the_wheel_holds_what_belongs_to_the_program_and_nothing_else(
    clone: Path, wheel: Path
) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        for name in INI_FILES:
            assert archive.read(f"consult/{name}") == (HOME / name).read_bytes()
    own = {name for name in files_in(clone / "consult") if not name.endswith((".po", ".pot"))}
    beside = {f"{name}/{file}" for name in FOLDERS[1:] for file in files_in(clone / name)}
    vendored = {f"static/vendor/{name}" for name in assets.SOURCES if name not in assets.FOR_TESTS}
    compiled = {
        f"locale/{path.parent.parent.name}/LC_MESSAGES/consult.mo"
        for path in (HOME / "consult" / "locale").glob("*/LC_MESSAGES/consult.mo")
    }
    assert {"en_XA", "ar_XB"} <= {name.split("/")[1] for name in compiled}
    expected = own | beside | vendored | compiled | {*INI_FILES}
    assert {f"consult/{name}" for name in expected} == held


@contextmanager
def served(site: Installed, port: int) -> Iterator[None]:
    """Have the folder's site served in two languages, and stopped as an operator does."""
    process = subprocess.Popen(
        [site.program, "-c", "development.ini", "serve", "--port", str(port)],
        cwd=site.here,
        env=ENVIRONMENT | {"CONSULT_LOCALES": "en en_XA", "CONSULT_STOPPING_SECONDS": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Consult is at http://localhost:{port}\n"
        yield
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


def fetched(port: int, address: str) -> bytes:
    connection = HTTPConnection("localhost", port, timeout=20)
    connection.request("GET", address)
    answer = connection.getresponse()
    assert answer.status == 200, address
    body = answer.read()
    connection.close()
    return body


def test_it_runs_where_there_is_no_checkout(installed: Installed, port: int) -> None:
    code = "import sys, consult; print(consult.__file__, *sys.path, sep='\\n')"
    told, _ = called(installed.environment / "bin" / "python", "-c", code, cwd=installed.here)
    where, *path = told.splitlines()
    assert Path(where).is_relative_to(installed.environment) and str(HOME) not in path
    before = files_in(installed.environment)
    said, _ = installed.call("init", "site")
    assert "cd site\n" in said and "consult -c development.ini migrate" in said
    _, refused = installed.call("init", "site", status=1)
    assert refused == "site/development.ini is there already; nothing was written.\n"
    site = Installed(installed.environment, installed.here / "site")
    assert files_in(site.here) == {*INI_FILES}
    settings = ("-c", "development.ini")
    made = f"Made {site.here}/var for everything that the site writes.\n"
    assert site.call(*settings, "migrate") == ("", made)
    said, complaints = site.call(*settings, "demo")
    assert "Sign in as citizen@example.org" in said and complaints == ""
    with served(site, port):
        look_around(port)
        _, refused = site.call(*settings, "serve", "--port", port, status=1)
        assert f"consult -c INI serve --port {port + 1}" in refused
    assert files_in(installed.environment) == before
    assert {path.name for path in site.here.iterdir()} == {*INI_FILES, "var"}


def look_around(port: int) -> None:
    """Read the home page, in two languages, and whatever it asks for."""
    page = fetched(port, "/").decode()
    assert "consultations/" in page
    wanted = re.findall(r'(?:href|src)="(/static/([^"?]+)\?[0-9a-f]+)"', page)
    names = [name for _address, name in wanted]
    assert "vendor/govuk-frontend.min.css" in names and "css/base.css" in names
    assert "images/mark.svg" in names and "js/form.js" in names
    for address, name in wanted:
        assert fetched(port, address) == (HOME / "static" / name).read_bytes()
    assert "[Šk" in fetched(port, "/?lang=en_XA").decode()


def test_what_a_build_lacks_is_said(clone: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    without = shutil.ignore_patterns("node_modules", "build", "*.egg-info")
    shutil.copytree(clone, alone, ignore=without)
    build = (sys.executable, "setup.py", "-q", "build", "-b", tmp_path / "build")
    _, complaint = called(*build, cwd=alone, status=1, PATH="")
    assert "install Node.js with npm, or run 'make setup'" in complaint


def initialise(folder: Path) -> None:
    init.run(Namespace(folder=folder))


def test_settings_that_are_there_are_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my site"
    folder.mkdir()
    for name in INI_FILES:
        (folder / name).write_text("mine")
        with pytest.raises(CommandRefused, match=f"{name} is there already; nothing was written."):
            initialise(folder)
        assert files_in(folder) == {name} and (folder / name).read_text() == "mine"
        (folder / name).unlink()
    initialise(folder)
    assert f"cd '{folder}'\n" in capsys.readouterr().out
    for name in INI_FILES:
        assert (folder / name).read_bytes() == (HOME / name).read_bytes()
    (tmp_path / "file").touch()
    with pytest.raises(CommandRefused, match="file cannot be written to: File exists"):
        initialise(tmp_path / "file")


def test_a_checkout_keeps_its_data_folder_wherever_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({}, {}).data == HOME / "var"


def test_the_version_is_told(installed: Installed) -> None:
    assert installed.call("--version") == (f"consult {version('consult')}\n", "")
