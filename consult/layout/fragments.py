"""Pieces of a page that a room makes with a template of its own for the page of another."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render

from consult.web import Request


def fragment(template: str, facts: Mapping[str, Any], request: Request) -> Markup:
    """Return what a template makes of `facts`, to be shown by another as it is."""
    made = render(template, dict(facts), request=request)
    return Markup(made)  # noqa: S704 - every template escapes what it is given
