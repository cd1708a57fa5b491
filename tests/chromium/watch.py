"""Writes down what must not happen on any page."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

# Chromium says of every answer of 4xx that loading failed; pages that answer so are looked at
# by the tests themselves, and what pages are made of is watched for separately.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Watch:
    """`seen` is empty as long as nothing happened that must not."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.seen: list[str] = []
        self.contexts: list[BrowserContext] = []

    def over(self, context: BrowserContext) -> None:
        """Watch everything that the pages of `context` do."""
        self.contexts.append(context)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base + "/"):
            self.seen.append(f"left the site: {request.url[:300]}")

    def _response(self, response: Response) -> None:
        part = response.request.resource_type in ("stylesheet", "script", "image", "font")
        if response.status >= 500 or (part and response.status >= 400):
            self.seen.append(f"{response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not ANSWERED.match(message.text):
            where = message.page.url if message.page else ""
            self.seen.append(f"console, {where}: {message.text[:500]}")

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _error(self, error: WebError) -> None:
        self.seen.append(f"script error: {error.error}")
