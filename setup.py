"""Package metadata of Consult, and how a wheel comes to hold what a checkout has beside the package.

`static` and `migrations` lie at the top of the checkout, style sheets of other projects come from npm,
and catalogues are compiled. All of it is put into the package while a wheel is built, and nothing
while the checkout itself is installed.
"""

import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from setuptools import __version__ as setuptools_version
from setuptools import find_packages, setup
from setuptools.command.build_py import build_py
from setuptools.errors import SetupError

HELP = "run 'make setup' and use its .venv, or build without --no-build-isolation."
if int(setuptools_version.split(".")[0]) < 75:
    sys.exit(f"setuptools {setuptools_version} is too old to make a wheel; {HELP}")

HERE = Path(__file__).resolve().parent
FOLDERS = ("static", "migrations")
FILES = ("development.ini", "production.ini")
# Made from the npm lock or by Python, so not to be copied.
MADE = ("vendor", "__pycache__")

RUNTIME = [
    "alembic>=1.20",
    "argon2-cffi>=25.1",
    "babel>=2.18",
    "bleach>=6.4",
    "cachetools>=6.2",
    "charset-normalizer>=3.5",
    "confusable-homoglyphs>=3.3",
    "email-validator>=2.4",
    "limits>=5.8",
    "lxml>=6.1",
    "markdown-it-py>=4.3",
    "mdit-py-plugins>=0.7",
    "nh3>=0.3.7",
    "psycopg[binary]>=3.3",
    "pillow>=13",
    "pypdfium2>=5.15",
    "pyramid>=2.1,<3",
    "pyramid-jinja2>=2.10",
    "pyramid-retry>=2.1",
    "pyramid-tm>=2.6",
    "redis>=8.1",
    # Pyramid 2.1 imports pkg_resources, which later releases of setuptools no longer carry.
    "setuptools>=75,<81",
    "sqlalchemy>=2.1.9,<2.2",
    # IANA time zones for machines that have none of their own.
    "tzdata>=2026.1",
    "waitress>=3.0.2",
    "whoosh==2.7.4",
    "wtforms>=3.3",
    "zope.sqlalchemy>=4.1",
]

DEVELOPMENT = [
    "djlint>=1.49",
    "hypothesis>=6.170",
    "import-linter>=2.16",
    "mypy>=2.4",
    "playwright>=1.65",
    "pytest>=9.2",
    "pytest-xdist>=3.8",
    "ruff>=0.17",
    "types-bleach",
    "types-cachetools",
    "types-wtforms",
    "lxml-stubs",
    "webtest>=3.0.7",
]


def tool(name: str) -> ModuleType:
    """Import a module of ours without the start-up code of the packages around it.

    That brings in the web framework, which need not be there to build a wheel.
    """
    package = name.rpartition(".")[0]
    for stub in (package.partition(".")[0], package):
        module = sys.modules.setdefault(stub, ModuleType(stub))
        module.__path__ = [str(HERE.joinpath(*stub.split(".")))]
    return import_module(name)


def in_place() -> bool:
    """Return whether npm has installed what package-lock.json names, in the versions that it names."""
    named = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    try:
        return all(
            json.loads((HERE / place / "package.json").read_text(encoding="utf-8"))["version"]
            == package["version"]
            for place, package in named.items()
            if place
        )
    except FileNotFoundError:
        return False


def provide_modules() -> None:
    """Let npm install style sheets and scripts of others, unless it has done so."""
    if in_place():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SetupError(
            "Style sheets and scripts of other projects are missing; install Node.js with npm, "
            "or run 'make setup', and try again."
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=HERE).returncode:  # noqa: S603, every word of it is ours
        raise SetupError("npm could not install the style sheets and scripts of other projects.")


class Build(build_py):
    """Builds the package with everything inside that it needs away from the checkout."""

    def run(self) -> None:
        """Put the package and what belongs to it where wheels are made from."""
        if self.editable_mode:
            super().run()
            return
        package = Path(self.build_lib) / "consult"
        # What an earlier build left there may be gone from the checkout since.
        shutil.rmtree(package, ignore_errors=True)
        super().run()
        for name in FOLDERS:
            shutil.copytree(HERE / name, package / name, ignore=shutil.ignore_patterns(*MADE))
        for name in FILES:
            shutil.copy(HERE / name, package / name)
        self._make(package)

    def _make(self, package: Path) -> None:
        provide_modules()
        assets = tool("consult.layout.assets")
        try:
            assets.copy(
                HERE / "node_modules", package / "static" / "vendor", without=assets.FOR_TESTS
            )
            tool("consult.locale.compiling").compile_into(package / "locale")
        except ImportError as error:
            raise SetupError(
                f"{error.name} is missing, with which catalogues are compiled; {HELP}"
            ) from None
        except (FileNotFoundError, ValueError) as error:
            raise SetupError(str(error)) from None

    def get_source_files(self) -> list[str]:
        """Return what an archive of the sources has to hold, so that a wheel can be built from it."""
        beside = [path for name in FOLDERS for path in (HERE / name).rglob("*") if path.is_file()]
        beside += (HERE / "consult" / "locale").glob("*/LC_MESSAGES/*.po")
        names = [str(path.relative_to(HERE)) for path in beside if not {*MADE} & {*path.parts}]
        return [*super().get_source_files(), *FILES, "package.json", "package-lock.json", *names]


setup(
    name="consult",
    version="0.1.0",
    description="Publish a draft policy paragraph by paragraph and talk about it line by line",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.11",
    packages=find_packages(include=["consult", "consult.*"]),
    package_data={"": ["templates/*.jinja2", "*.txt", "*.toml", "*.md", "py.typed"]},
    include_package_data=False,
    cmdclass={"build_py": Build},
    install_requires=RUNTIME,
    extras_require={"development": DEVELOPMENT},
    entry_points={
        "console_scripts": ["consult=consult.commands:main"],
        "paste.app_factory": ["main=consult:main"],
        "paste.server_runner": ["main=consult.commands.serving:paste_server"],
    },
)
