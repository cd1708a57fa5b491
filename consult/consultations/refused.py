"""See `consult.refusal`."""

from consult.refusal import Refused

__all__ = ["Refused"]
