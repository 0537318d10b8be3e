"""What workers are asked to do in tests: to work, to fail, to crash, to hang."""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from midime_engine.errors import MidiReadError

__all__ = ["BAD", "CRASH", "HANG", "ODD", "UNREADABLE", "Task", "square", "square_of_task"]

CRASH, HANG, ODD, UNREADABLE, BAD = 7, 11, 13, 17, 19


class Task(NamedTuple):
    """Something to do, as the engine's jobs are: a named tuple."""

    number: int


def square_of_task(task: Task) -> Task:
    """The same, in and out of a named tuple."""
    return Task(square(task.number))


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
