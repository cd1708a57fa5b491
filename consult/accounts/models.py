"""People, departments and who has been given which role where."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, words


class AccountState(StrEnum):
    """How far we know that an account's address belongs to the person."""

    GUEST = "guest"  # gave a name and an address with a comment; has no password
    UNCONFIRMED = "unconfirmed"  # registered; the letter has not been answered
    ACTIVE = "active"
    CLOSED = "closed"


class Role(StrEnum):
    """What a person may be on the site, in a department or in a consultation."""

    OFFICIAL = "official"
    SIGNATORY = "signatory"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Department(Base):
    """A part of the government that consults, and that officials speak for."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)


class Account(Base):
    """A person, known by an e-mail address that nobody else is shown."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # normalised, case folded
    display_name: Mapped[str]
    # What the name looks like (`resembling.kept_skeleton`), to refuse a second one that looks the
    # same as an official's. Whoever changes how it is computed adds a migration that does it again.
    name_skeleton: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="en")
    state: Mapped[AccountState] = mapped_column(words(AccountState))
    created_at: Mapped[datetime]

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="Grant.id"
    )


SITE = "site"


class Grant(Base):
    """A role given to a person at a place.

    `place` is "site", "department:{id}" or "consultation:{id}": a word and not a foreign key,
    because consultations live on a floor above.
    """

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    place: Mapped[str] = mapped_column(default=SITE, index=True)
    # The department that an official's name carries.
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))

    account: Mapped[Account] = relationship(back_populates="grants")
    department: Mapped[Department | None] = relationship()


class LoginSession(Base):
    """One sign-in on one device; deleting the row signs that device out."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of what the cookie holds
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    account: Mapped[Account] = relationship()


class KeyPurpose(StrEnum):
    """What the holder of a letter's link may do with it, once."""

    CONFIRM = "confirm"
    RESET = "reset"
    CONFIRM_COMMENT = "confirm-comment"


class LetterKey(Base):
    """The secret in a letter's link, kept as a digest, good for one use and for a time."""

    __tablename__ = "letter_key"
    __table_args__ = (Index("ix_letter_key_account_purpose", "account_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[KeyPurpose] = mapped_column(words(KeyPurpose))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    subject: Mapped[str] = mapped_column(default="")  # what it is about, e.g. a comment's public id
    # What a registration asked for: it is the account's only once this very letter is answered.
    display_name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    account: Mapped[Account] = relationship()
