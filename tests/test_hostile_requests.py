"""What no browser sends, to every address: it works or is refused, and every answer is guarded."""

import gc
import io
import logging
import random
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session
from waitress.proxy_headers import proxy_headers_middleware

from consult.layout.headers import HEADERS, Outermost
from tests.browser import Browser
from tests.factories import Factory

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
CHARSETS = """
    nonsense utf-16 utf-16le utf-32 utf-7 idna punycode unicode_escape raw_unicode_escape base64
    base64_codec rot13 hex zlib bz2 iso-8859-1 shift_jis utf-8-sig utf_8 undefined mbcs " ' ; \xff \x00
""".split(" ")
LONG = "x" * 5000
ADDRESSES = [
    "http://[",
    "https://[",
    "https://[::1",
    "http://\xe2\x84\x80.com",
    "https://]",
    "//",
    "null",
    "https://localhost:99999999",
    "https://localhost:abc",
    "a b",
    "\x00",
    "\xff",
    LONG,
]
WORDS = [
    "",
    "-1",
    "1e9",
    "99999999999999999999",
    "\xd9\xa1",
    "[",
    '"',
    'W/"',
    "*",
    ",,,",
    "bytes=-",
    "bytes=5-1",
    "bytes=0-99999999999999999999",
    "bytes=a-b",
    "bytes=0-0,1-1",
    "Thu, 99 Foo 9999 99:99:99 GMT",
    "Mon, 01 Jan 0001 00:00:00 GMT",
    "en;q=abc",
    "en-" * 1000,
    "de;q=0.000,;;;",
    "text/html;q=a",
    "*/*;;;",
    "localhost:abc",
    "[::1",
    "@",
    "%",
    "for=[::1",
    "1.1.1.1, ",
    "\x00",
    "\xff",
    LONG,
]
COOKIES = [
    "=",
    ";;;",
    "csrf",
    'csrf="\\303"',
    "session=\xff",
    'session="\\',
    'device="\\377"',
    'other="\\303"; csrf=token',
    "session=\x00",
    f"session={LONG}",
    "a=b;" * 300,
]
QUERIES = [
    "%",
    "%zz",
    "%00",
    "a=%ff",
    "%ed%a0%80",
    "\xff",
    "&" * 2000,
    "notice=%",
    "lang=\x00",
    "=",
]
BODIES = [
    (b"%", FORM),
    (b"a=%00&b=%ff&%ed%a0%80=", FORM),
    (b"\xff\xfe", FORM),
    (b"a=b&" * 20_000, FORM),
    (b"--x\r\n", PARTS),
    (b"x", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary="),
    (b"x", "multipart/form-data; boundary=\xff"),
    (b"x", f"multipart/form-data; boundary={LONG}"),
    (b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--x--\r\n', PARTS),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n", PARTS),
    *(
        (
            b'--x\r\nContent-Disposition: form-data; name="email"\r\n'
            + line
            + b"\r\n\r\n!\r\n--x--\r\n",
            PARTS,
        )
        for line in (
            b"Content-Type: text/plain; charset=nonsense",
            b"Content-Type: text/plain; charset=unicode_escape",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: nonsense",
            b"Content-Length: -5",
            b"Content-Type: multipart/mixed; boundary=y",
            b"Content-Type: multipart/mixed",
        )
    ),
]
METHODS = [
    "",
    "get",
    "FOO",
    "TRACE",
    "CONNECT",
    "OPTIONS",
    "HEAD",
    "PUT",
    "PATCH",
    "DELETE",
    "G\xc9T",
]
NAMES = """
    IF_NONE_MATCH IF_MATCH IF_MODIFIED_SINCE IF_UNMODIFIED_SINCE IF_RANGE RANGE ACCEPT
    ACCEPT_LANGUAGE ACCEPT_ENCODING ACCEPT_CHARSET HOST X_FORWARDED_FOR X_FORWARDED_HOST
    X_FORWARDED_PROTO FORWARDED SEC_FETCH_SITE HX_REQUEST AUTHORIZATION CACHE_CONTROL EXPECT
    X_CSRF_TOKEN X_REQUEST_START USER_AGENT
""".split()

# The library that reads forms forgets to close its temporary files.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

# Requests, so that this ends soon: what is left out of one run is the same in every run.
MOST = 300

Environ = dict[str, Any]


def nasty() -> list[Environ]:
    """Return what is changed about good requests, one thing at a time."""
    kinds: list[Environ] = [{"CONTENT_TYPE": f"{FORM}; charset={c}"} for c in CHARSETS]
    kinds += [{"CONTENT_TYPE": f"{PARTS}; charset={c}"} for c in CHARSETS]
    kinds += [{f"HTTP_{name}": a} for name in ("ORIGIN", "REFERER") for a in ADDRESSES]
    every = [{f"HTTP_{name}": word} for name in NAMES for word in WORDS]
    kinds += random.Random(7).sample(every, MOST)
    kinds += [{name: word} for name in ("CONTENT_LENGTH", "REMOTE_ADDR") for word in WORDS]
    kinds += [{"HTTP_COOKIE": cookie} for cookie in COOKIES]
    kinds += [{"QUERY_STRING": query} for query in QUERIES]
    kinds += [{"body": body, "CONTENT_TYPE": kind} for body, kind in BODIES]
    return kinds


def answer(app: Any, method: str, path: str, change: Environ) -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body of the answer to a request, as a server gets them."""
    body = change.get("body", b"csrf_token=token&email=a%40b.org&password=x&text=y")
    environ: Environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": "csrf=token",
        "REMOTE_ADDR": "203.0.113.9",
        "CONTENT_TYPE": FORM,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    } | {name: value for name, value in change.items() if name != "body"}
    begun: list[Any] = []
    chunks = app(environ, lambda *given: begun.append(given))
    try:
        said = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    return begun[-1][0], dict(begun[-1][1]), said


def guarded(app: Any, method: str, path: str, change: Environ) -> str:
    """Return the status of an answer, which must carry every security header exactly once."""
    status, headers, _body = answer(app, method, path, change)
    assert HEADERS.items() <= headers.items(), (method, path, change, status)
    assert "Cache-Control" in headers, (method, path, change, status)
    assert not status.startswith("5"), (method, path, change, status)
    return status


def paths(app: Router, known: dict[str, str]) -> list[str]:
    """Return an address for every route of the registry."""
    found = []
    for entry in app.registry.introspector.get_category("routes"):
        pattern = entry["introspectable"]["pattern"]
        if "://" in pattern:
            continue
        pattern = re.sub(
            r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}", lambda m: known.get(m[1], "1"), pattern
        )
        found.append("/" + re.sub(r"\*\w+", "x", pattern).lstrip("/"))
    return found


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Clear away the temporary files of bodies that broke off, which nothing closes."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def somebody(browser: Browser, make: Factory, db: Session) -> str:
    """Give the cookies of an administrator who is signed in."""
    return f"csrf=token; session={browser.signed_in(make.account()).app.cookies['session']}"


def test_everything_hostile_at_a_form_and_at_a_file(app: Router, db: Session) -> None:
    for number, change in enumerate(nasty()):
        # Over TLS Pyramid looks at more of them.
        scheme = "https" if number % 2 or "HTTP_REFERER" in change else "http"
        guarded(app, "POST", "/sign-in", {"wsgi.url_scheme": scheme, **change})
        guarded(app, "GET", "/static/css/base.css", {"HTTP_RANGE": "bytes=-", **change})
    for method in METHODS:
        guarded(app, method, "/sign-in", {})


def test_something_hostile_at_every_address(
    app: Router, make: Factory, db: Session, somebody: str
) -> None:
    comment = make.comment()
    db.commit()
    document = comment.document
    known = {
        "slug": document.consultation.slug,
        "document": document.slug,
        "key": comment.paragraph.key,
        "public_id": comment.public_id,
        "number": "1",
    }
    kinds, some = nasty(), random.Random(7)
    for path in paths(app, known):
        for method in ("GET", "POST"):
            guarded(app, method, path, {})
            for change in some.sample(kinds, 3):
                guarded(app, method, path, {"HTTP_COOKIE": somebody, **change})
        guarded(app, some.choice(METHODS), path, {})
        guarded(app, "GET", path + some.choice(["\xff", "\x00", "/\xed\xa0\x80", "%", LONG]), {})


def test_a_kept_page_is_guarded_too(app: Router, make: Factory, db: Session) -> None:
    document = make.document()
    db.commit()
    path = f"/consultations/{document.consultation.slug}/{document.slug}"
    for _ in range(2):
        assert guarded(app, "GET", path, {}).startswith("200")
    for change in nasty():
        guarded(app, "GET", path, change)


def test_what_cannot_be_understood_is_told_so(app: Router, db: Session) -> None:
    for change in ({"HTTP_ORIGIN": "http://["}, {"HTTP_ORIGIN": "http://\xe2\x84\x80.com"}):
        status, _headers, said = answer(app, "POST", "/sign-in", change)
        assert (status, said) == ("403 Forbidden", b"This form was sent from another site.\n")
    for charset in ("nonsense", "utf-16", "utf-7", "base64"):
        change = {"CONTENT_TYPE": f"{FORM}; charset={charset}"}
        status, _headers, said = answer(app, "POST", "/sign-in", change)
        assert status == "400 Bad Request" and b"not well formed" in said
    for charset in ("utf-8", "UTF-8", '"utf-8"', "utf8"):
        change = {"CONTENT_TYPE": f"{FORM}; charset={charset}"}
        assert answer(app, "POST", "/sign-in", change)[0].startswith("422")


def test_a_cookie_of_another_site_that_makes_no_sense_keeps_nobody_out(
    app: Router, db: Session
) -> None:
    change = {"HTTP_COOKIE": 'other="\\303"; csrf=token'}
    assert answer(app, "POST", "/sign-in", change)[0].startswith("422")
    assert answer(app, "GET", "/", change)[0].startswith("200")


def test_a_fault_outside_of_everything_is_a_plain_page(
    app: Router, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_environ: Environ, start_response: Any) -> Any:
        if "before" in broken.__dict__:
            start_response("200 OK", [("X-Secret", "details")])
        raise RuntimeError("details that nobody should see")

    for how in ("at once", "before"):
        broken.__dict__[how] = True
        with caplog.at_level(logging.ERROR, "consult"):
            status, headers, said = answer(Outermost(broken, app.registry), "GET", "/", {})
        assert status.startswith("500") and HEADERS.items() <= headers.items()
        assert b"Something went wrong on our side" in said
        assert b"details" not in said and "X-Secret" not in headers
        assert "details that nobody should see" in caplog.text
    assert answer(Outermost(broken, app.registry), "HEAD", "/", {})[2] == b""


def test_a_fault_in_a_page_and_in_the_page_about_it_is_guarded(
    app: Router, browser: Browser, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no such luck")

    monkeypatch.setattr("consult.accounts.attempts.signing_in", fall_over)
    status, headers, said = answer(app, "POST", "/sign-in", {})
    assert status.startswith("500") and HEADERS.items() <= headers.items()
    assert b"The fault has been recorded" in said and b"<h1>" in said
    monkeypatch.setattr("consult.layout.errors.error_page", fall_over)
    status, headers, said = answer(app, "POST", "/sign-in", {})
    assert status.startswith("500") and HEADERS.items() <= headers.items()
    assert b"The fault has been recorded" in said and b"no such luck" not in said


def test_a_proxy_that_talks_nonsense_gets_a_guarded_answer(app: Router, db: Session) -> None:
    behind = proxy_headers_middleware(
        app,
        trusted_proxy="203.0.113.9",
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "forwarded"},
    )
    for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"):
        for word in WORDS:
            guarded(Outermost(behind, app.registry), "GET", "/sign-in", {name: word})


def test_a_part_without_a_name_is_refused_beside_a_good_token(browser: Browser) -> None:
    browser.app.set_cookie("csrf", "token")
    token = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\ntoken\r\n'
    nameless = b"--x\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--x--\r\n"
    for path in ("/sign-in", "/register", "/c/none/report", "/officials/new"):
        headers = {"Content-Type": PARTS}
        answer = browser.app.post(path, token + nameless, headers=headers, status="*")
        assert answer.status_int == 400, path
