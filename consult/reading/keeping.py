"""A bounded memory: what was used longest ago is forgotten first."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Keeps values up to a total weight, by default one each; safe for many threads."""

    def __init__(self, most: int, weigh: Callable[[V], float] | None = None) -> None:
        self._values: LRUCache[K, V] = LRUCache(most, weigh)
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return what is kept under `key`, if anything."""
        with self._lock:
            return self._values.get(key)

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()

    def put(self, key: K, value: V) -> None:
        """Keep `value`, forgetting others where there is no room, and itself where it is too heavy."""
        with self._lock:
            self._values.pop(key, None)
            with suppress(ValueError):
                self._values[key] = value
