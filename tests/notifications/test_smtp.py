"""Mail servers, on real sockets: what is sent, what is tried again, what is given up."""

import logging
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.events import PasswordChanged
from consult.outbox import Job, run_due
from tests.factories import Factory
from tests.notifications.conftest import Operator, read, text_of
from tests.notifications.mail_server import MailServer


def write_through(server: MailServer, operator: Operator, **settings: str) -> Router:
    host, port = "127.0.0.1", server.port
    operator.sets(letters="smtp", smtp_host=host, smtp_port=port, **settings)
    return operator.app


def promise(app: Router, make: Factory, email: str = "ada@example.org") -> None:
    app.registry.notify(PasswordChanged(make.account(email=email, display_name="Ada Köng")))
    make.db.commit()


def only_job(db: Session) -> Job:
    db.expire_all()
    return db.scalars(select(Job)).one()


def none_left(db: Session) -> bool:
    return db.scalars(select(Job)).first() is None


def test_a_letter_is_handed_over_once(
    mail_server: MailServer, make: Factory, operator: Operator, db: Session
) -> None:
    app = write_through(mail_server, operator, letters_from="robot@example.org")
    promise(app, make)
    run_due(app.registry)
    run_due(app.registry)
    (raw,) = mail_server.letters
    letter = read(raw)
    assert mail_server.recipients == ["<ada@example.org>"]
    assert (letter["To"], letter["From"].addresses[0].addr_spec) == (
        "ada@example.org",
        "robot@example.org",
    )
    assert "Hello Ada Köng," in text_of(letter) and not letter.defects
    assert none_left(db)


def test_a_server_of_seven_bits_gets_seven(make: Factory, operator: Operator, db: Session) -> None:
    with MailServer(extensions="") as server:
        app = write_through(server, operator)
        promise(app, make)
        run_due(app.registry)
    (raw,) = server.letters
    assert raw.isascii() and "Hello Ada Köng," in text_of(read(raw))


def test_what_fails_for_now_is_tried_again_and_arrives_once(
    mail_server: MailServer, make: Factory, operator: Operator, db: Session
) -> None:
    app = write_through(mail_server, operator)
    promise(app, make)
    for command, answer in (
        ("MAIL", "421 busy"),
        ("RCPT", "451 greylisted, ada@example.org, come back"),
        ("DATA", "452 disk full"),
        ("RCPT", "550 5.7.1 relaying denied"),
    ):
        mail_server.answers = {command: answer}
        run_due(app.registry)
        job = only_job(db)
        assert job.run_at > clock.now() and answer[:3] in job.last_error
        assert "ada@" not in job.last_error
        job.run_at = clock.now()
        db.commit()
    mail_server.answers = {}
    run_due(app.registry)
    assert none_left(db) and len(mail_server.letters) == 1


def test_a_repeated_letter_is_recognised(
    mail_server: MailServer, make: Factory, operator: Operator, db: Session
) -> None:
    app = write_through(mail_server, operator)
    promise(app, make)
    job = only_job(db)
    payload = dict(job.payload)
    run_due(app.registry)
    # The worker died after the server had taken the letter and before it could note that down.
    db.expunge_all()
    db.add(Job(kind="letter", payload=payload, run_at=clock.now(), created_at=clock.now()))
    db.commit()
    run_due(app.registry)
    first, second = map(read, mail_server.letters)
    assert first["Message-ID"] == second["Message-ID"] and first["Date"] == second["Date"]


def test_an_address_that_does_not_exist_is_given_up(
    mail_server: MailServer,
    make: Factory,
    operator: Operator,
    db: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = write_through(mail_server, operator)
    promise(app, make)
    mail_server.answers = {"RCPT": "550 5.1.1 <ada@example.org>: no such mailbox"}
    with caplog.at_level(logging.INFO, "consult"):
        run_due(app.registry)
    assert none_left(db) and mail_server.letters == []
    assert "dropped, the mail server answered 550" in caplog.text
    assert "ada@" not in caplog.text


def test_a_server_that_is_away_is_waited_for(
    make: Factory, operator: Operator, db: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with MailServer() as server:
        app = write_through(server, operator)
    promise(app, make)
    run_due(app.registry)
    assert "refused" in only_job(db).last_error
    assert "ada@" not in caplog.text


def test_one_signs_in_where_the_server_wants_it(
    make: Factory, operator: Operator, db: Session
) -> None:
    with MailServer(extensions="AUTH PLAIN") as server:
        app = write_through(server, operator, smtp_user="robot", smtp_password="secret")
        promise(app, make)
        run_due(app.registry)
        assert server.credentials == ["\0robot\0secret"] and len(server.letters) == 1
        server.answers = {"AUTH": "535 5.7.8 no"}
        promise(app, make, "bob@example.org")
        run_due(app.registry)
    assert "535" in only_job(db).last_error and len(server.letters) == 1


def test_nothing_goes_in_the_clear_where_tls_is_wanted(
    mail_server: MailServer, make: Factory, operator: Operator, db: Session
) -> None:
    app = write_through(
        mail_server, operator, smtp_security="starttls", smtp_user="robot", smtp_password="x"
    )
    promise(app, make)
    run_due(app.registry)
    assert "STARTTLS" in only_job(db).last_error
    assert mail_server.letters == [] and mail_server.credentials == []


MAKING = """
    req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test
    -addext subjectAltName=IP:127.0.0.1
""".split()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a certificate for 127.0.0.1, with its key, that no authority vouches for."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        [openssl, *MAKING, "-keyout", str(file), "-out", f"{file}.crt"],
        check=True,
        capture_output=True,
    )
    with file.open("ab") as both:
        both.write(Path(f"{file}.crt").read_bytes())
    return file


def test_a_server_must_prove_who_it_is(
    certificate: Path,
    make: Factory,
    operator: Operator,
    db: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with MailServer(context, extensions="STARTTLS") as server:
        app = write_through(server, operator, smtp_security="starttls")
        promise(app, make)
        run_due(app.registry)
        job = only_job(db)
        assert "certificate" in job.last_error.lower() and server.letters == []
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
        job.run_at = clock.now()
        db.commit()
        run_due(app.registry)
        assert none_left(db) and len(server.letters) == 1
