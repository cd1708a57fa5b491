"""The home page: nothing that one could take part in is left out, whatever else there is."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.consultations.phases import Audience, Phase
from consult.reading import home
from tests.browser import Browser
from tests.factories import Factory


def shown(browser: Browser) -> set[str]:
    titles = browser.get("/").html.select("main h3")
    return {title.get_text(strip=True) for title in titles if title.find("a")}


def test_what_one_may_not_read_takes_no_place_of_what_one_may(
    browser: Browser, make: Factory, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "MOST_PAST", 2)
    opened = [make.consultation().title for _ in range(4)]
    coming = [make.consultation(Phase.SCHEDULED).title for _ in range(3)]
    past = [make.consultation(phase).title for phase in (Phase.CLOSED, Phase.ANSWERED) * 2]
    hidden = [
        make.consultation(phase, audience=Audience.OFFICIALS).title
        for phase in (Phase.OPEN, Phase.SCHEDULED, Phase.CLOSED, Phase.ANSWERED)
        for _ in range(3)
    ]
    prepared = make.consultation(Phase.DRAFT).title
    db.commit()
    for reader in (browser, browser.signed_in(make.account())):
        assert shown(reader) == {*opened, *coming, *past[-2:]}
    inside = browser.signed_in(make.holder(Role.OFFICIAL, make.department()))
    assert shown(inside) == {*opened, *coming, *hidden[:6], *hidden[-2:]}
    assert prepared not in shown(inside)
