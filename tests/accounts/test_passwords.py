"""How passwords are kept and which are refused."""

import pytest

from consult.accounts import passwords
from consult.refusal import Refused


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own(hashed: str) -> None:
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify(hashed, "tall green bicycle")
    assert not passwords.verify(hashed, "tall green bicycles")
    assert not passwords.verify(None, "\x00")
    assert not passwords.outdated(hashed)


@pytest.mark.parametrize(
    "password",
    [
        "too short",
        "x1" * 101,
        "password123",
        "Password1234!",
        "1234567890",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "lkjhgfdsapoiuy",
        "my name ada.birch",
        "AdaBirch--2026",
        "ada birch rides",
    ],
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(Refused):
        passwords.check(password, ["ada.birch@example.org", "Ada Birch"])


@pytest.mark.parametrize(
    "password", ["tall green bicycle", "p9!xkQz7&e", "пароль из слов", "🚲" * 4 + "abcdef"]
)
def test_good_passwords_need_no_capitals_or_signs(password: str) -> None:
    passwords.check(password, ["jo@example.org", "Jo"])
