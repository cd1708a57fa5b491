"""Analysis: which comments led to which changes, and whether the changes met their point."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.scan("consult.analysis")
