"""Search: one box over drafts, comments and official replies."""

from pyramid.config import Configurator
from sqlalchemy import event

from consult.search.engine import Engine
from consult.search.index_updates import Healer, follow
from consult.search.listening import JOB, promise_update
from consult.settings import Settings
from consult.web import site

AT_ONCE = 200  # jobs that become one commit of the index


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    config.registry["search engine"] = Engine(settings.data / "index")
    event.listen(config.registry["sessions"], "after_flush", promise_update)
    config.add_job_handler(JOB, follow, batch=AT_ONCE)
    config.add_worker_tick(Healer())
    config.add_route("search", "/search", factory=site)
    config.scan("consult.search")
