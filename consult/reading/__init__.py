"""Reading: the pages where the text and the conversation meet."""

from pyramid.config import Configurator
from pyramid.tweens import INGRESS
from sqlalchemy import event

# Modules of this room bear the names of what they show, so the functions that find must not.
from consult.consultations import find as consultations
from consult.drafts import find as drafts
from consult.i18n import _
from consult.reading.freshness import count_up
from consult.reading.keeping import Kept
from consult.reading.page_cache import make_shelf
from consult.web import site

FROZEN = 200  # versions whose text is kept in memory
MOST_BYTES = 32 * 2**20  # of redlines
GLANCES = 500

NOTICES = {
    "no-such-paragraph": ("warning", _("There is no paragraph of that number here.")),
    "comment-published": ("success", _("Your comment is published.")),
    "comment-pending": (
        "information",
        _(
            "Thank you. A moderator reads your comment before it appears; only you see it until then."
        ),
    ),
    "comment-unconfirmed": (
        "information",
        _("Thank you. Open the link in the letter that we have sent you, and your comment counts."),
    ),
}


def includeme(config: Configurator) -> None:
    event.listen(config.registry["sessions"], "after_flush", count_up)
    config.registry["shelf"] = make_shelf()
    config.registry["frozen"] = Kept(FROZEN)
    config.registry["redlines"] = Kept(MOST_BYTES, lambda made: made[0].weight)
    config.registry["glances"] = Kept(GLANCES)
    # Before everything that a kept page has been through already.
    config.add_tween(
        "consult.reading.page_cache.shelf_tween",
        under=INGRESS,
        over="consult.layout.origin.origin_tween",
    )
    for name, (look, sentence) in NOTICES.items():
        config.add_notice(name, look, sentence)
    config.add_route("home", "/", factory=site)
    config.add_route("consultation", "/consultations/{slug}", factory=consultations.consultation)
    config.add_route("document", "/consultations/{slug}/{document}", factory=drafts.document)
    config.add_route(
        "version", "/consultations/{slug}/{document}/v{number:\\d{1,6}}", factory=drafts.document
    )
    config.add_route("redline", "/consultations/{slug}/{document}/redline", factory=drafts.document)
    config.add_route(
        "paragraph", "/consultations/{slug}/{document}/p/{key}", factory=drafts.paragraph
    )
    config.add_markdown_field("paragraph", "text")
    config.scan("consult.reading")
