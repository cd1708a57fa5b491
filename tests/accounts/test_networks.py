"""Where nobody is signed in, networks are counted, and an address cannot be changed at will."""

from typing import Any

import pytest
from pyramid.router import Router
from waitress.proxy_headers import proxy_headers_middleware
from webtest import TestApp

from consult.networks import UNKNOWN, network_of
from tests.accounts.conftest import PASSWORD
from tests.browser import Browser

SAME = {
    "2001:db8:0:9::/64": [
        "2001:db8:0:9::1",
        "2001:DB8::9:1234:5678:9abc:def0",
        "[2001:db8:0:9::2]",
        "[2001:db8:0:9::2]:443",
        "2001:db8:0:9::3%eth0",
        '"[2001:db8:0:9::4]:80"',
    ],
    "203.0.113.7": [
        "203.0.113.7",
        " 203.0.113.7 ",
        "203.0.113.7:8080",
        "::ffff:203.0.113.7",
        "::FFFF:cb00:7107",
        "[::ffff:203.0.113.7]:80",
        "64:ff9b::203.0.113.7",
        "2002:cb00:7107::1",
    ],
    "fe80::/64": ["fe80::1", "fe80::2%eth0", "fe80::3%25eth1"],
    UNKNOWN: [
        "",
        "unknown",
        "_hidden",
        "a:b:c",
        "[",
        "]:",
        "%",
        "1.2.3",
        "203.0.113.07",
        "x" * 9999,
    ],
}


@pytest.mark.parametrize(
    ("network", "address"), [(n, a) for n, addresses in SAME.items() for a in addresses]
)
def test_an_address_belongs_to_one_network_however_it_is_written(
    network: str, address: str
) -> None:
    assert network_of(address) == network


def test_networks_side_by_side_are_two() -> None:
    assert network_of("2001:db8:0:9::1") != network_of("2001:db8:0:a::1")
    assert network_of("203.0.113.7") != network_of("203.0.113.8")
    assert network_of("::ffff:203.0.113.7") != network_of("::ffff:203.0.113.8")
    assert network_of(None) == UNKNOWN


def tries(app: Any, addresses: list[str], **how: Any) -> list[int]:
    """Return the answers to a wrong password from each of the addresses."""
    guesser = TestApp(app)
    guesser.set_cookie("csrf", "token")
    fields = {"email": "ada@example.org", "password": PASSWORD + "x", "csrf_token": "token"}
    found = []
    for address in addresses:
        if "proxy" in how:
            sent = {"extra_environ": {"REMOTE_ADDR": "127.0.0.1"}}
            answer = guesser.post(
                "/sign-in", fields, status="*", headers={"X-Forwarded-For": address}, **sent
            )
        else:
            environ = {"REMOTE_ADDR": address}
            answer = guesser.post("/sign-in", fields, status="*", extra_environ=environ)
        found.append(answer.status_int)
    return found


def behind_proxy(app: Any) -> Any:
    """Return the application as waitress serves it behind the proxy of production.ini."""
    return proxy_headers_middleware(
        app, trusted_proxy="127.0.0.1", trusted_proxy_headers={"x-forwarded-for"}
    )


@pytest.mark.parametrize("proxy", [False, True])
def test_changing_the_address_within_ones_network_wins_no_tries(
    app: Router, browser: Browser, proxy: bool
) -> None:
    how = {"proxy": True} if proxy else {}
    outermost = behind_proxy(app) if proxy else app
    own = [f"2001:db8:0:9::{n:x}" for n in range(11)]
    assert tries(outermost, own, **how) == [422] * 10 + [429]
    assert tries(outermost, ["2001:db8:0:a::1"], **how) == [422]


def test_behind_a_proxy_wrapped_ipv4_addresses_are_counted_one_by_one(
    app: Router, browser: Browser
) -> None:
    outermost = behind_proxy(app)
    assert tries(outermost, ["::ffff:203.0.113.7"] * 11, proxy=True) == [422] * 10 + [429]
    assert tries(outermost, ["203.0.113.7"], proxy=True) == [429]
    assert tries(outermost, ["::ffff:203.0.113.8"], proxy=True) == [422]


@pytest.mark.parametrize("address", ["nonsense", "[::1", "::1]", ";", "é", "1.2.3.4, ", "\t"])
def test_nonsense_from_a_proxy_is_no_fault(app: Router, browser: Browser, address: str) -> None:
    sent = address.encode().decode("latin-1")
    assert tries(behind_proxy(app), [sent], proxy=True)[0] in (400, 422)
