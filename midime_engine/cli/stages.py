"""The stages of a command: each is timed for the report and drawn as a bar for whoever waits.

Bars go to standard error, and only to a terminal; pipes and logs get none.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from rich.progress import TaskID

__all__ = ["Stages"]

_MEGABYTE: Final = 1_000_000


class Stages:
    """What a command did and how long each part of it took.

    ::

        with Stages() as stages:
            with stages.stage("train", "Training", total=100) as advance:
                for step in training:
                    advance(f"loss {step.total:.1f}")
        stages.seconds  # {"train": 0.9}
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        """Draw on ``stream``, standard error by default."""
        self.seconds: dict[str, float] = {}
        """Seconds of each stage, in the order in which they began."""
        console = Console(file=stream or sys.stderr)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=console,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Self:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was, also after an error."""
        self._progress.stop()

    @contextmanager
    def stage(
        self, key: str, description: str, *, total: int | None = None
    ) -> Iterator[Callable[[str], None]]:
        """Time what happens inside as ``key``; a stage that comes again adds to its time.

        Yields a function that moves the bar one of ``total`` steps on and writes a note behind
        it. Without ``total`` the bar only shows that something happens.
        """
        task = self._progress.add_task(description, total=total, note="")

        def advance(note: str = "") -> None:
            self._progress.update(task, advance=1, note=note)

        with self._timed(key, task):
            yield advance

    @contextmanager
    def transfer(self, key: str, description: str) -> Iterator[Callable[[int, int | None], None]]:
        """Time a download as ``key``.

        Yields a function that is told the bytes that have come and the bytes of all, None if
        nobody knows.
        """
        task = self._progress.add_task(description, total=None, note="")

        def report(done: int, total: int | None) -> None:
            whole = f" of {total / _MEGABYTE:,.1f}" if total else ""
            note = f"{done / _MEGABYTE:,.1f}{whole} MB"
            self._progress.update(task, completed=done, total=total, note=note)

        with self._timed(key, task):
            yield report

    @contextmanager
    def _timed(self, key: str, task: TaskID) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            elapsed = time.perf_counter() - began
            self.seconds[key] = self.seconds.get(key, 0.0) + elapsed
        done = self._progress.tasks[task].completed or 1  # training may end before its last epoch
        self._progress.update(task, total=done, completed=done)
