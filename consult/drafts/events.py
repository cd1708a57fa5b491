"""What happens to drafts, told to whoever subscribes, within the transaction."""

from dataclasses import dataclass

from consult.drafts.models import Version


@dataclass(frozen=True, slots=True)
class VersionPublished:
    """Everybody who may read the consultation can read this version from now on."""

    version: Version
