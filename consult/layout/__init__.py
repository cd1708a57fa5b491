"""The frame of every page: templates, headers, errors, static files, pages about the site."""

from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy
from pyramid.tweens import INGRESS

from consult.layout.globals import STATIC
from consult.permissions import Permission
from consult.settings import Settings

YEAR = 31_536_000  # seconds


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    config.add_settings(
        {
            "jinja2.newstyle": True,
            "jinja2.i18n.domain": "consult",
            "jinja2.undefined": "strict",
            "jinja2.trim_blocks": True,
            "jinja2.lstrip_blocks": True,
        }
    )
    config.include("pyramid_jinja2")
    config.add_jinja2_search_path("consult:layout/templates")
    config.set_default_permission(Permission.NOBODY)
    config.set_csrf_storage_policy(
        CookieCSRFStoragePolicy(
            cookie_name="__Host-csrf" if settings.secure else "csrf",
            secure=settings.secure,
            httponly=True,
            samesite="Lax",
        )
    )
    config.set_default_csrf_options(require_csrf=True, token="csrf_token", check_origin=True)  # noqa: S106
    config.add_tween("consult.layout.origin.origin_tween", under=INGRESS)
    config.add_tween(
        "consult.layout.wellformed.wellformed_tween", under="consult.layout.origin.origin_tween"
    )
    config.add_static_view("static", str(STATIC), cache_max_age=YEAR)
    config.include("consult.layout.globals")
    config.include("consult.layout.places")
    config.include("consult.layout.carrying")
    config.include("consult.layout.errors")
    config.include("consult.layout.pages")
