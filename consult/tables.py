"""The whole metadata: every model imported, so that migrations and tests see all tables."""

from consult import audit, outbox
from consult.accounts import models as accounts
from consult.analysis import models as analysis
from consult.comments import models as comments
from consult.consultations import models as consultations
from consult.db import Base
from consult.drafts import models as drafts
from consult.moderation import models as moderation
from consult.notifications import models as notifications
from consult.replies import models as replies

ROOMS = (
    audit,
    outbox,
    accounts,
    consultations,
    drafts,
    comments,
    replies,
    moderation,
    notifications,
    analysis,
)

metadata = Base.metadata
