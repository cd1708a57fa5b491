"""A bounded memory: what was used longest ago is forgotten first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Keeps values up to a total weight, by default one each; safe for many threads."""

    def __init__(self, most: int, weigh: Callable[[V], int] = lambda _value: 1) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most
        self._weigh = weigh
        self._weight = 0

    def get(self, key: K) -> V | None:
        """Return what is kept under `key`, if anything."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._weight = 0

    def put(self, key: K, value: V) -> None:
        """Keep `value`, forgetting others where there is no room."""
        with self._lock:
            old = self._values.pop(key, None)
            self._weight += self._weigh(value) - (self._weigh(old) if old is not None else 0)
            self._values[key] = value
            while self._weight > self._most and self._values:
                _key, forgotten = self._values.popitem(last=False)
                self._weight -= self._weigh(forgotten)
