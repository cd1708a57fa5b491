"""Consult: a draft policy, read and answered paragraph by paragraph. This is the table of contents."""

from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router

from consult.settings import read_settings
from consult.web import Request, site


def main(global_config: dict[str, str], **settings: Any) -> Router:
    """Return the WSGI application for an ini file's settings; the house, ground floor first."""
    config = Configurator(settings=settings, root_factory=site, request_factory=Request)
    config.registry["settings"] = read_settings(settings)
    config.include("consult.db")
    config.include("consult.i18n")
    config.include("consult.rate_limits")
    config.include("consult.outbox")
    config.include("consult.layout")
    config.include("consult.accounts")
    config.include("consult.consultations")
    config.include("consult.drafts")
    config.include("consult.comments")
    config.include("consult.replies")
    config.include("consult.moderation")
    config.include("consult.reading")
    config.include("consult.search")
    config.include("consult.notifications")
    return config.make_wsgi_app()
