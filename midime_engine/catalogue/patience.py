"""How long a download waits before it gives up."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Patience"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait for a server. Seconds."""

    connect: float = 10.0
    read: float = 30.0
    """For the next bytes."""

    window: float = 60.0
    """Over which at least ``least_bytes`` have to come: a server may send a byte now and then."""

    least_bytes: int = 64 * 1024
    attempts: int = 4
    """Attempts in a row that bring fewer than ``least_bytes`` before giving up."""

    pause: float = 1.0
    """Before the second attempt; doubled with each."""

    def __post_init__(self) -> None:
        """Refuse waiting for nothing."""
        seconds = (self.connect, self.read, self.window)
        if min(seconds) <= 0 or self.pause < 0 or self.attempts < 1 or self.least_bytes < 1:
            raise ValueError(f"{self} would give up before it begins.")
