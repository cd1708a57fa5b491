"""Which letters a person does not want, and what has been told already."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class MutedLetter(Base):
    """A kind of letter that a person unsubscribed from."""

    __tablename__ = "muted_letter"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


class Told(Base):
    """Something of which a person was promised a letter, so that none is promised twice.

    A comment that is changed, waits and is published again would otherwise be news each time.
    """

    __tablename__ = "told"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)  # the letter's kind and an id
