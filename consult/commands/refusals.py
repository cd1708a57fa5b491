"""What waitress itself answers, before or instead of our application: it looks like our answers.

A request that is no HTTP, one that is too large, or a proxy's header that makes no sense never
reaches us, and gets a few words from waitress.
"""

from typing import Any

from waitress.task import ErrorTask

from consult.commands.arriving import Channel
from consult.layout.headers import Outermost


def dress(listener: Any, app: Outermost) -> None:
    """Have every answer of a listening socket, which serves `app`, carry the headers of the site's own."""

    class Refusal(ErrorTask):
        """An answer of waitress's own."""

        def execute(self) -> None:
            self.response_headers.extend(app.dressed([]))
            super().execute()

    class Dressed(Channel):
        """A connection."""

        error_task_class = Refusal

    listener.channel_class = Dressed
    # Around what waitress put around the application to read a proxy's headers.
    listener.application = Outermost(listener.application, app.registry)
