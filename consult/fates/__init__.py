"""Fates: what became of paragraphs from version to version, proposed by the machine, decided by officials.

`sides` reads two versions as places; `proposing` asks the alignment and keeps its answer;
`decided_fates` lays over it what officials decided; `fate_store` keeps the result; `deciding` holds
the officials' verbs; `identities` gives paragraphs their identity when a version is published.
`tracing` and `comparing` follow paragraphs over any number of versions.
"""

from pyramid.config import Configurator

from consult.fates.identities import add_identity_follower
from consult.fates.impact import add_stakes


def includeme(config: Configurator) -> None:
    config.add_directive("add_stakes", add_stakes)
    config.add_directive("add_identity_follower", add_identity_follower)
