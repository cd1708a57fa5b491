"""Everything that anybody may be allowed to do, as one list."""

from enum import StrEnum


class Permission(StrEnum):
    """A permission; who holds it is said by the ``__acl__`` of the thing it is asked about."""

    # A view that forgets to declare its permission asks for this one, which nobody has.
    NOBODY = "nobody"

    BROWSE = "browse the site"
    HOLD_ACCOUNT = "hold an account"
    WORK_AS_OFFICIAL = "work as an official"
    WORK_AS_MODERATOR = "work as a moderator"
    CREATE_CONSULTATION = "create a consultation"
    ADMINISTER = "administer the site"

    # Of a consultation: what it is about, when, and how to take part. Of a document and of whatever
    # stands in one: its words, which is what READ_TEXT says of the consultation as a whole.
    READ = "read"
    READ_TEXT = "read the text"
    COMMENT = "comment"
    VOTE = "vote"
    REPORT = "report a comment"
    REVISE = "revise one's own comment"
    WITHDRAW = "withdraw one's own comment"
    REPLY = "reply officially"
    MODERATE = "moderate"
    SEE_WORKING = "see what is not published yet"
    IMPORT = "import a draft"
    PUBLISH = "publish a draft"
    MANAGE = "manage the consultation"
