"""Every kind of page that the site has, by the route that shows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.chromium.material import WALKER
from tests.chromium.site import Site
from tests.chromium.steps import BENCHES, DRAFT, paragraph

CITIZEN = "citizen@example.org"
OFFICIAL = "official@example.org"
MODERATOR = "moderator@example.org"
ADMIN = "admin@example.org"
DESK = "/officials/consultations"
WELLS = "/consultations/wells/draft-policy"


def _opened(page: Page) -> None:
    paragraph(page, BENCHES).locator(":scope > .c").click()
    expect(page.locator(".conversation .comment").first).to_be_visible()
    for summary in page.locator(".conversation form summary").all():
        summary.click()


def _sent_empty(page: Page) -> None:
    page.get_by_role("main").locator("form[method=post] button[type=submit]").last.click()
    expect(page.locator("[data-error-summary]").first).to_be_visible()


def _in_change(page: Page) -> None:
    page.locator(".bench-change").nth(1).click()
    expect(page.locator(".bench-panel textarea")).to_be_visible()


def _signing_in_first(page: Page) -> None:
    page.locator("[name=text]").fill("Begun as a guest.")
    page.locator("[name=sign_in_first]").click()
    expect(page.locator("main textarea[readonly]")).to_be_visible()


def _back_with_words(page: Page) -> None:
    _signing_in_first(page)
    page.locator("main [name=email]").fill(CITIZEN)
    page.locator("main [name=password]").fill("consult-demo")
    page.locator("main form button[type=submit]").first.click()
    page.locator("main > details > summary").click()


def _unfolded(page: Page) -> None:
    for summary in page.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: where it is (names in braces are the site's), for whom, after doing what."""

    route: str
    path: str
    who: str = ""
    then: Callable[[Page], None] | None = None
    status: int = 200

    @property
    def id(self) -> str:
        """How a test is called that looks at the page."""
        did = f", {self.then.__name__.strip('_').replace('_', ' ')}" if self.then else ""
        who = f" as {self.who.split('@')[0]}" if self.who else ""
        return f"{self.path}{who}{did}"

    def show(self, page: Page, site: Site) -> None:
        """Have `page` show it."""
        path = self.path.format_map(names(site))
        answer = page.goto(path)
        assert answer is not None and answer.status == self.status, (path, answer)
        if self.then:
            self.then(page)


PAGES = [
    Kind("home", "/"),
    Kind("home", "/?notice=signed-out", CITIZEN),
    Kind("consultation", "/consultations/streets", then=_unfolded),
    Kind("consultation", "/consultations/open-late"),
    Kind("consultation", "/consultations/night-buses"),
    Kind("document", DRAFT),
    Kind("document", DRAFT, then=_opened),
    Kind("document", DRAFT, OFFICIAL, _opened),
    Kind("document", "/consultations/lamps/draft-policy"),
    Kind("version", f"{DRAFT}/v1"),
    Kind("version", f"{WELLS}/v2", then=_unfolded),
    Kind("redline", f"{WELLS}/redline?from=1&to=2", then=_unfolded),
    Kind("paragraph", f"{WELLS}/p/{{well}}", then=_unfolded),
    Kind("verdict", f"{WELLS}/p/{{well}}/verdict?version=2", WALKER),
    Kind("verdict", f"{WELLS}/p/{{well}}/verdict?version=2", WALKER, _sent_empty),
    Kind("paragraph", f"{DRAFT}/p/{{benches}}"),
    Kind("paragraph", f"{DRAFT}/p/{{benches}}", then=_signing_in_first),
    Kind("paragraph", f"{DRAFT}/p/{{benches}}", then=_back_with_words),
    Kind("paragraph", f"{DRAFT}/p/{{benches}}?parent={{own}}", CITIZEN, _sent_empty),
    Kind("paragraph", f"{DRAFT}/p/{{benches}}", MODERATOR, _unfolded),
    Kind("search", "/search"),
    Kind("search", "/search?q=bench"),
    Kind("search", "/search?q=xylophone"),
    Kind("sign_in", "/sign-in"),
    Kind("sign_in", "/sign-in", then=_sent_empty),
    Kind("register", "/register"),
    Kind("register", "/register", then=_sent_empty),
    Kind("confirm", "/confirm/{confirm}"),
    Kind("confirm", "/confirm/used", status=410),
    Kind("forgotten", "/forgotten-password"),
    Kind("reset", "/reset-password/{reset}"),
    Kind("account", "/account", CITIZEN),
    Kind("account_password", "/account/password", CITIZEN),
    Kind("account_close", "/account/close", CITIZEN),
    Kind("account_letters", "/account/letters", CITIZEN),
    Kind("my_comments", "/account/comments", "frank.dunmore@example.org"),
    Kind("my_comments", "/account/comments", ADMIN),
    Kind("comment", "/c/{other}", CITIZEN),
    Kind("comment", "/c/{withdrawn}", status=410),
    Kind("comment", "/c/nothing", status=404),
    Kind("comment_edit", "/c/{own}/edit", WALKER),
    Kind("comment_withdraw", "/c/{own}/withdraw", WALKER),
    Kind("comment_confirm", "/confirm-comment/{send}"),
    Kind("comment_confirm", "/confirm-comment/used", status=410),
    Kind("comment_report", "/c/{other}/report", WALKER),
    Kind("comment_report", "/c/{other}/report", WALKER, _sent_empty),
    Kind("comment_reply", "/c/{own}/reply", OFFICIAL),
    Kind("reply", "/officials/replies/{draft}", OFFICIAL),
    Kind("reply", "/officials/replies/{published}", OFFICIAL),
    Kind("officials", "/officials", OFFICIAL),
    Kind("officials", "/officials", CITIZEN, status=403),
    Kind("consultation_desk", f"{DESK}/streets", OFFICIAL, _unfolded),
    Kind("consultation_desk", f"{DESK}/cellar", OFFICIAL),
    Kind("consultation_new", f"{DESK}/new", OFFICIAL),
    Kind("consultation_new", f"{DESK}/new", OFFICIAL, _sent_empty),
    Kind("consultation_edit", f"{DESK}/streets/edit", OFFICIAL),
    Kind("consultation_phase", f"{DESK}/streets/phase", OFFICIAL),
    Kind("consultation_phase", f"{DESK}/streets/phase?move=close", OFFICIAL),
    Kind("import", f"{DESK}/streets/import", OFFICIAL),
    Kind("import", f"{DESK}/streets/import", OFFICIAL, _sent_empty),
    Kind("preview", f"{DESK}/cellar/draft-policy/preview", OFFICIAL, _unfolded),
    Kind("gate", f"{DESK}/pond/draft-policy/gate", OFFICIAL),
    Kind("gate", f"{DESK}/pond/draft-policy/gate?show=changed", OFFICIAL, _unfolded),
    Kind("original_page", f"{DESK}/cellar/draft-policy/v1/original", OFFICIAL),
    Kind("original_page", f"{DESK}/streets/{DRAFT.split('/')[-1]}/v1/original", MODERATOR),
    Kind("workbench", f"{DESK}/cellar/draft-policy/workbench", OFFICIAL, _unfolded),
    Kind("workbench", f"{DESK}/cellar/draft-policy/workbench", OFFICIAL, _in_change),
    Kind("workbench", f"{DESK}/lamps/draft-policy/workbench", OFFICIAL, status=404),
    Kind("gate", f"{DESK}/wells/draft-policy/gate", OFFICIAL, _unfolded),
    Kind("because", f"{DESK}/wells/draft-policy/because/{{well}}?version=2", OFFICIAL),
    Kind("moderation", "/moderation", MODERATOR, _unfolded),
    Kind("moderation", "/moderation?why=unchecked", MODERATOR),
    Kind("moderation_log", "/moderation/log", MODERATOR),
    Kind("comment_decide", "/c/{reported}/decide", MODERATOR, _unfolded),
    Kind("comment_decide", "/c/{hidden}/decide", MODERATOR),
    Kind("comment_decision", "/c/{hidden}/decision", MODERATOR),
    Kind("admin", "/admin", ADMIN),
    Kind("admin_accounts", "/admin/accounts", ADMIN),
    Kind("admin_account", "/admin/accounts/{account}", ADMIN),
    Kind("admin_departments", "/admin/departments", ADMIN),
    Kind("accessibility", "/accessibility"),
    Kind("privacy", "/privacy"),
    Kind("house_rules", "/house-rules"),
    Kind("unsubscribe", "/unsubscribe/{unsubscribe}"),
    Kind("dev_letters", "/dev/letters"),
    Kind("dev_letter", "/dev/letters/{letter}"),
]


def names(site: Site) -> dict[str, str]:
    """Return what stands for the names in braces, once the worker has sent the letter among them."""
    if "letter" not in site.names:
        letter = site.letter("/unsubscribe/")
        link = re.search(r"/unsubscribe/([\w.-]+)", letter.read_text(encoding="utf-8"))
        site.names |= {"letter": letter.name, "unsubscribe": link[1] if link else ""}
    return site.names


# What answers a GET and is not a page for people.
NO_PAGES = {"__static/", "figure", "healthz", "original", "readyz"}


def routes_with_pages(registry: Any) -> set[str]:
    """Return the names of the routes that answer a GET with a page."""
    names = set()
    for view in registry.introspector.get_category("views"):
        facts = view["introspectable"]
        methods = facts["request_methods"] or ("GET",)
        if "GET" in (methods if isinstance(methods, tuple) else (methods,)):
            names.add(facts["route_name"])
    return {name for name in names if name and name not in NO_PAGES}
