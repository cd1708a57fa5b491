"""Package metadata of Consult."""

from pathlib import Path

from setuptools import find_packages, setup

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

setup(
    name="consult",
    version="0.1.0",
    description="Publish a draft policy paragraph by paragraph and talk about it line by line",
    long_description=Path(__file__).with_name("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.11",
    packages=find_packages(include=["consult", "consult.*"]),
    include_package_data=True,
    install_requires=RUNTIME,
    extras_require={"development": DEVELOPMENT},
    entry_points={
        "console_scripts": ["consult=consult.commands:main"],
        "paste.app_factory": ["main=consult:main"],
        "paste.server_runner": ["main=consult.commands.serving:paste_server"],
    },
)
