"""The measuring loop of the Python programs: one JSON command per line in, one answer per line out.

Standard library only, because it also runs in the environment that holds magenta. A program gives
it three functions; ``magenta_js.js`` answers the same commands.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Command = Mapping[str, Any]

__all__ = ["Program", "serve"]


class Program(Protocol):
    """What one of the compared programs can do."""

    tasks: Mapping[str, Callable[[Command], Any]]
    """By name: what is timed; a float that it returns is reported as ``last``."""

    def load(self, command: Command) -> dict[str, Any]:
        """Read ``command["weights"]`` and ``command["workload"]``; report seconds and versions."""

    def parity(self, command: Command) -> dict[str, Any]:
        """``mu`` and ``tokens`` of the first ``command["batch"]`` inputs, as lists."""


def serve(program: Program) -> None:
    """Answer commands until standard input ends. Whatever a library prints goes to stderr."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    commands = {
        "load": program.load,
        "parity": program.parity,
        "measure": lambda command: _measure(program, command),
    }
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = commands[command["do"]](command)
        except Exception:  # noqa: BLE001 - the other side must learn of it, whatever it is
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _measure(program: Program, command: Command) -> dict[str, Any]:
    """Call a task until ``seconds`` have passed, at least ``at_least`` times."""
    task = program.tasks[command["task"]]
    wall: list[float] = []
    last = None
    cpu, since = time.process_time(), time.perf_counter()
    while len(wall) < command["at_least"] or time.perf_counter() - since < command["seconds"]:
        call = time.perf_counter()
        last = task(command)
        wall.append(time.perf_counter() - call)
    cpu = time.process_time() - cpu
    return {"wall": wall, "cpu": cpu, "last": last if isinstance(last, float) else None}
