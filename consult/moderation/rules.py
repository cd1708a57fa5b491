"""The house rules by name, as decisions cite them, and how one may word the reasons."""

from dataclasses import dataclass

from pyramid.i18n import TranslationString

from consult.i18n import _, translate
from consult.web import Request, whole_number


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One of the site's house rules; `name` is what a decision keeps of it for ever."""

    name: str
    title: TranslationString
    explained: TranslationString
    reasons: TranslationString  # a wording to start from


# In the order of the page /house-rules, whose sentences these are.
RULES = (
    HouseRule(
        "subject",
        _("Stay with the subject."),
        _("Write about the paragraph, the draft or what another person said of it."),
        _("This is not about the paragraph, the draft or what another person said of it."),
    ),
    HouseRule(
        "people",
        _("Argue with opinions, not with people."),
        _("No insults, threats or contempt for anybody because of who they are."),
        _("The words “…” are about a person and not about what the person said."),
    ),
    HouseRule(
        "personal-details",
        _("Keep personal details out."),
        _(
            "No addresses, telephone numbers or stories from which a private person can be "
            "recognised, not even your own."
        ),
        _("It names … or says where they live. Without that it can be published."),
    ),
    HouseRule(
        "unlawful",
        _("Nothing unlawful."),
        _(
            "Nothing that is defamatory, that incites to violence, or that breaks a court’s order "
            "or somebody’s copyright."
        ),
        _("It states as a fact that …, for which it gives no evidence."),
    ),
    HouseRule(
        "advertising",
        _("No advertising."),
        _("Links are welcome where they support what you say."),
        _("It offers goods or services and says nothing about the draft."),
    ),
    HouseRule(
        "identity",
        _("Speak for yourself."),
        _(
            "Do not pretend to be somebody else. Only officials carry the green mark, and they "
            "carry their department with it."
        ),
        _("It is signed in the name of …, who did not write it."),
    ),
)

BY_NAME = {rule.name: rule for rule in RULES}

#: Cited where a consultation has house rules of its own.
OWN = "consultation"


def rule_named(given: str) -> str:
    """Return what a decision keeps of a rule that was given by name or by its number on the page.

    Other words are kept as they are: a consultation's own rule has no name that we know.
    """
    number = whole_number(given, len(RULES))
    return RULES[number - 1].name if number else given


def title_of(request: Request, rule: str) -> str:
    """Return the words, in the page's language, for what a decision keeps of its rule."""
    rule = rule_named(rule)
    if rule == OWN:
        return translate(request, _("A rule of this consultation's own"))
    return translate(request, BY_NAME[rule].title) if rule in BY_NAME else rule
