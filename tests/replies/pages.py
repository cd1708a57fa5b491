"""The forms on the pages of officials."""

from typing import Any

from webtest.response import TestResponse


def form_of(page: TestResponse) -> Any:
    """Return the form in which the official writes, or else withdraws."""
    return next(form for form in page.forms.values() if {"text", "seen"} & form.fields.keys())


def seen_on(page: TestResponse) -> str:
    """Return what the form says that was seen."""
    return str(form_of(page)["seen"].value)
