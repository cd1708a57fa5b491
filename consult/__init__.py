"""Consult: a draft policy, read and answered paragraph by paragraph. This is the table of contents."""

import warnings
from typing import Any

# Pyramid 2.1 still imports pkg_resources, which says so on every command's standard error.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")

from pyramid.config import Configurator  # noqa: E402

from consult.layout.headers import Outermost  # noqa: E402
from consult.settings import read_settings  # noqa: E402
from consult.web import Request, site  # noqa: E402


def main(global_config: dict[str, str], **settings: Any) -> Outermost:
    """Return the WSGI application for an ini file's settings; the house, ground floor first."""
    config = Configurator(settings=settings, root_factory=site, request_factory=Request)
    config.registry["settings"] = read_settings(settings)
    config.include("consult.private")
    config.include("consult.db")
    config.include("consult.i18n")
    config.include("consult.rendered")
    config.include("consult.rate_limits")
    config.include("consult.outbox")
    config.include("consult.layout")
    config.include("consult.accounts")
    config.include("consult.consultations")
    config.include("consult.drafts")
    config.include("consult.fates")
    config.include("consult.comments")
    config.include("consult.intake")
    config.include("consult.replies")
    config.include("consult.moderation")
    config.include("consult.workbench")
    config.include("consult.gate")
    config.include("consult.originals")
    config.include("consult.analysis")
    config.include("consult.reading")
    config.include("consult.search")
    config.include("consult.notifications")
    return Outermost(config.make_wsgi_app(), config.registry)
