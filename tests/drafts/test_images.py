"""Pictures of drafts are kept by their digest, shown at one address, and never changed."""

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Role
from consult.blocks.blocks import Block, Draft, Kind
from consult.consultations.phases import Audience, Phase
from consult.drafts.images import FOLDER, keep_images
from consult.drafts.models import Document, Version, VersionState
from consult.drafts.pictures import pictured
from consult.drafts.published import wordings
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from tests.browser import Browser
from tests.factories import Factory


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (12, 12), "green").save(stream, "PNG")
    return stream.getvalue()


IMAGE = picture()
DIGEST = sha256(IMAGE).hexdigest()


def draft() -> Draft:
    html = f'<img src="figure:{DIGEST}" alt="An oak" width="12" height="12">'
    blocks = (
        Block(Kind.TITLE, 0, "", "Trees", "Trees"),
        Block(Kind.FIGURE, 0, "", html, "An oak"),
    )
    return Draft(blocks, (), None, "html", {DIGEST: IMAGE})


def test_import_keeps_pictures_and_gives_them_their_address(
    db: Session, make: Factory, tmp_path: Path
) -> None:
    consultation = make.consultation(Phase.DRAFT)
    version = import_draft(
        db, consultation, "trees", draft(), source=b"x", data=tmp_path, source_name="x.html"
    )
    figure = wordings(db, version)[1]
    assert f'<img src="/figures/{DIGEST}" alt="An oak"' in figure.html and figure.text == "An oak"
    assert (tmp_path / FOLDER / DIGEST).read_bytes() == IMAGE


def test_what_officials_said_of_a_picture_is_kept_in_the_next_file(
    db: Session, make: Factory, tmp_path: Path
) -> None:
    consultation = make.consultation(Phase.DRAFT)
    bare = replace(draft().blocks[1], html=f'<img src="figure:{DIGEST}" alt="">Ours', text="Ours")
    again = replace(draft(), blocks=(draft().blocks[0], bare))

    def imported(what: Draft) -> Version:
        return import_draft(
            db, consultation, "trees", what, source=b"x", data=tmp_path, replace_working=True
        )

    version = imported(draft())
    said = 'An "old" oak'
    wordings(db, version)[1].html = pictured(f'<img src="/figures/{DIGEST}" alt="">', said, "")
    for number in (1, 2):
        version = imported(again)
        figure = wordings(db, version)[1]
        assert version.number == number
        assert figure.html == f'<img src="/figures/{DIGEST}" alt="An &quot;old&quot; oak">Ours'
        assert figure.text == 'An "old" oak Ours'
        if number == 1:
            publish_version(db, version)
    # What the file itself says comes first.
    assert wordings(db, imported(draft()))[1].text == "An oak"


def shown_in(document: Document, app: Router, db: Session) -> None:
    """Put the picture into the text of a document that is not published."""
    keep_images(app.registry["settings"].data, {DIGEST: IMAGE})
    (version,) = document.versions
    wordings(db, version)[-1].html = f'<img src="/figures/{DIGEST}" alt="An oak">'
    db.commit()


def publish(document: Document, db: Session) -> None:
    (version,) = document.versions
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    db.commit()


def test_picture_is_shown_for_ever_without_a_cookie(
    app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document(published=False)
    shown_in(document, app, db)
    publish(document, db)
    response = browser.get(f"/figures/{DIGEST}")
    assert response.body == IMAGE and response.content_type == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "immutable" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    etag = response.headers["ETag"]
    browser.get(f"/figures/{DIGEST}", headers={"If-None-Match": etag}, status=304)


def test_a_picture_is_for_those_who_may_read_a_text_that_it_stands_in(
    app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    working = make.document(published=False)
    inside = make.document(
        published=False, consultation=make.consultation(audience=Audience.OFFICIALS)
    )
    people = {
        "visitor": browser,
        "citizen": browser.signed_in(make.account()),
        "elsewhere": browser.signed_in(make.holder(Role.OFFICIAL, make.department())),
        "moderator": browser.signed_in(make.holder(Role.MODERATOR, working.consultation)),
        "official": browser.signed_in(make.holder(Role.OFFICIAL, working.consultation)),
    }

    def seen() -> set[str]:
        answers = {name: one.get(f"/figures/{DIGEST}", status="*") for name, one in people.items()}
        for answer in answers.values():
            if "immutable" not in answer.headers["Cache-Control"]:
                assert "no-store" in answer.headers["Cache-Control"]
                assert "ETag" not in answer.headers
        return {name for name, answer in answers.items() if answer.status_int == 200}

    keep_images(app.registry["settings"].data, {DIGEST: IMAGE})
    assert seen() == set(), "a picture that stands nowhere is nobody's"
    shown_in(working, app, db)
    assert seen() == {"moderator", "official"}
    shown_in(inside, app, db)
    publish(inside, db)
    assert seen() == {"elsewhere", "moderator", "official"}
    publish(working, db)
    assert seen() == set(people)
    assert "public" in browser.get(f"/figures/{DIGEST}").headers["Cache-Control"]
    working.consultation.phase = Phase.SCHEDULED
    working.consultation.opens_at = clock.now() + timedelta(hours=1)
    db.commit()
    assert seen() == {"elsewhere", "moderator", "official"}
    etag = {"If-None-Match": f'"{DIGEST}"'}
    browser.get(f"/figures/{DIGEST}", headers=etag, status=404)


@pytest.mark.parametrize("name", ["0" * 64, "..%2fsecret", "A" * 64])
def test_unknown_pictures_are_not_found(browser: Browser, name: str) -> None:
    assert browser.get(f"/figures/{name}", status=404).status_code == 404


@pytest.mark.parametrize(
    "images", [{"../x": IMAGE}, {"0" * 64: IMAGE}, {sha256(b"a").hexdigest(): b"a"}]
)
def test_only_pictures_under_their_own_digest_are_kept(
    images: dict[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="digest"):
        keep_images(tmp_path, images)
    assert not list(tmp_path.rglob("*")) or not (tmp_path / "x").exists()
