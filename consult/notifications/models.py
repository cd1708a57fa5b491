"""Which letters a person does not want."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class MutedLetter(Base):
    """A kind of letter that a person unsubscribed from."""

    __tablename__ = "muted_letter"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
