"""A letter is in the language of whoever gets it, not of whoever caused it."""

import re

from consult.accounts.events import PasswordChanged
from tests.factories import Factory
from tests.notifications.conftest import Operator, PostOffice, html_of


def test_letters_are_in_the_recipients_language(
    make: Factory, post: PostOffice, operator: Operator
) -> None:
    operator.sets(locales=("en", "en_XA", "ar_XB"))
    for locale in ("en", "en_XA", "ar_XB", "fr"):
        post.app.registry.notify(PasswordChanged(make.account(locale=locale)))
    english, accented, mirrored, unknown = post.deliver()
    assert english["Subject"] == unknown["Subject"] == "Your password was changed"
    assert accented["Content-Language"] == "en-XA"
    assert accented["Subject"].startswith("[Ýöûŕ påššwöŕð")
    assert '<html lang="en-XA" dir="ltr">' in html_of(accented)
    assert '<html lang="ar-XB" dir="rtl">' in html_of(mirrored)
    # Every sentence of ours is bracketed, so that one which was not translated shows.
    paragraphs = re.findall(r"<p>([^<]+)</p>", html_of(accented))
    assert paragraphs and all(words[0] == "[" and words[-1] == "]" for words in paragraphs)
