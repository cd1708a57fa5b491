"""What waitress itself answers, before or instead of our application: it looks like our answers.

A request that is no HTTP, one that is too large, or a proxy's header that makes no sense never
reaches us, and gets a few words from waitress.
"""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from consult.layout.headers import Outermost


def dress(server: Any, app: Outermost) -> None:
    """Have every answer of `server`, which serves `app`, carry the headers of the site's own."""

    class Refusal(ErrorTask):
        """An answer of waitress's own."""

        def execute(self) -> None:
            self.response_headers.extend(app.dressed([]))
            super().execute()

    class Channel(HTTPChannel):
        """A connection."""

        error_task_class = Refusal

    for dispatcher in list((getattr(server, "map", None) or server._map).values()):
        if isinstance(dispatcher, BaseWSGIServer):
            dispatcher.channel_class = Channel
            # Around what waitress put around the application to read a proxy's headers.
            dispatcher.application = Outermost(dispatcher.application, app.registry)
