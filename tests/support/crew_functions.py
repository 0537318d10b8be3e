"""What workers are asked to do in tests: to work, to fail, to crash, to hang."""

from __future__ import annotations

import os
import time

from midime_engine.errors import MidiReadError

__all__ = ["BAD", "CRASH", "HANG", "ODD", "UNREADABLE", "square"]

CRASH, HANG, ODD, UNREADABLE, BAD = 7, 11, 13, 17, 19


def square(number: int) -> int:
    """``number`` squared, unless it is one of the five that make trouble."""
    if number == CRASH:
        os._exit(3)
    if number == HANG:
        time.sleep(100)
    if number == ODD:
        raise ValueError("odd")
    if number == UNREADABLE:
        raise MidiReadError("It is no music.", remedy="None.")
    if number == BAD:
        raise MemoryError
    return number * number
