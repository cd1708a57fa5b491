"""Letters: what is written to whom, how it is delivered, and how one says no to it."""

from pyramid.config import Configurator

from consult.i18n import _
from consult.notifications import version_promises
from consult.notifications.delivery import keep
from consult.notifications.promising import JOB
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_job_handler(JOB, keep)
    config.add_job_handler(version_promises.JOB, version_promises.fan_out)
    config.add_notice("letters-chosen", "success", _("Your choice of letters has been saved."))
    config.add_route("account_letters", "/account/letters", factory=site)
    config.add_route("unsubscribe", "/unsubscribe/{key}", factory=site)
    if config.registry["settings"].development:
        config.add_route("dev_letters", "/dev/letters", factory=site)
        config.add_route("dev_letter", "/dev/letters/{letter}", factory=site)
        config.scan("consult.notifications")
    else:
        config.scan("consult.notifications", ignore="consult.notifications.dev_letters")
