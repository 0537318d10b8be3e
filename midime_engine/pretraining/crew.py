"""Many files through one function, in several processes, whatever the files do to them.

Of thousands of files from anywhere one will crash a parser or keep it busy for ever. The standard
process pool is then broken as a whole, and cannot say which file it was; so each worker here is a
process with a pipe of its own. One that ends or takes too long costs the file that it was at, and
is replaced. Results come in the order of the items, and only so many items are under way that
memory stays bounded.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from midime_engine.errors import MidimeError, TrainingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

__all__ = ["SECONDS_PER_FILE", "Crew", "Outcome", "attempt", "run_crew", "run_here"]

SECONDS_PER_FILE: Final = 30.0
"""A thousand times what a file takes."""

_AHEAD: Final = 32
"""Items under way per worker: what the others may do while one sits on a slow file."""

_PER_WORKER: Final = 2
"""Items handed to a worker: one that it is at, and one so that it need not wait."""

_STARTING_SECONDS: Final = 120.0
"""Importing NumPy takes a second, on a busy machine many."""

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_Value]):
    """What came of an item."""

    value: _Value | None
    failure: str | None = None
    """Why there is no value."""


def attempt(function: Callable[[_Item], _Value], item: _Item) -> Outcome[_Value]:
    """Call ``function``; an exception is an outcome too."""
    try:
        return Outcome(function(item))
    except MidimeError as error:
        return Outcome(None, str(error))
    except MemoryError:
        return Outcome(None, "It needs more memory than there is.")
    except Exception as error:  # noqa: BLE001 - one strange file must not lose all the others
        return Outcome(None, f"{type(error).__name__}: {error}")


def run_here(
    function: Callable[[_Item], _Value], items: Iterable[_Item]
) -> Iterator[Outcome[_Value]]:
    """In this process: nothing to start, and nothing that shields from a crash."""
    for item in items:
        yield attempt(function, item)


def run_crew(
    function: Callable[[_Item], _Value],
    items: Iterable[_Item],
    *,
    n_workers: int,
    seconds: float = SECONDS_PER_FILE,
) -> Iterator[Outcome[_Value]]:
    """``function`` of each of ``items``, in their order.

    Args:
        function: of a module, so that a worker can import it.
        items: what can be pickled; drawn only as fast as they are done.
        n_workers: processes.
        seconds: that one item may take.

    Raises:
        TrainingError: no worker can be started.
    """
    with Crew(function, n_workers=n_workers, seconds=seconds) as crew:
        yield from crew.run(items)


class _Worker:
    """A process, its pipe, and what it was handed."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork copies locks that others hold
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.handed: deque[tuple[int, Any]] = deque()
        self.since = time.monotonic()

    def hand(self, entry: tuple[int, Any]) -> None:
        if not self.handed:
            self.since = time.monotonic()
        self.handed.append(entry)
        with suppress(OSError):  # it has ended; that is found out when it is listened to
            self.pipe.send(entry[1])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: connection.Connection, function: Callable[[Any], Any]) -> None:
    """What a worker does until its pipe is closed."""
    pipe.send(None)  # ready
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        pipe.send(attempt(function, item))


class Crew:
    """Workers that stay for several lists of items; arguments as of :func:`run_crew`."""

    def __init__(
        self,
        function: Callable[[Any], Any],
        *,
        n_workers: int,
        seconds: float = SECONDS_PER_FILE,
    ) -> None:
        self._function = function
        self._seconds = seconds
        self._n_workers = max(1, n_workers)
        self._workers: list[_Worker] = []
        self._again: deque[tuple[int, Any]] = deque()
        self._done: dict[int, Outcome[Any]] = {}

    def __enter__(self) -> Self:
        """Workers are started when there is something to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers, whatever they are at."""
        for worker in self._workers:
            worker.end()

    def run(self, items: Iterable[Any]) -> Iterator[Outcome[Any]]:
        """What comes of each item, in order; to be drawn to its end.

        Raises:
            TrainingError: no worker can be started.
        """
        entries = enumerate(items)
        due = 0
        n_drawn = 0
        while True:
            room = due + _AHEAD * self._n_workers - n_drawn
            n_drawn += self._hand_out(entries, room)
            if due == n_drawn:
                return
            self._listen()
            while due in self._done:
                yield self._done.pop(due)
                due += 1

    def _hand_out(self, entries: Iterator[tuple[int, Any]], room: int) -> int:
        """Give everyone something to do; how many new entries were drawn."""
        n_fresh = 0
        while worker := self._whoever_has_time():
            if self._again:
                worker.hand(self._again.popleft())
                continue
            entry = next(entries, None) if n_fresh < room else None
            if entry is None:
                break
            n_fresh += 1
            worker.hand(entry)
        return n_fresh

    def _whoever_has_time(self) -> _Worker | None:
        """The one with the least to do: a new one while all are busy and more may be started."""
        least = min(self._workers, key=lambda worker: len(worker.handed), default=None)
        if least is None or (least.handed and len(self._workers) < self._n_workers):
            least = _Worker(self._function)
            self._workers.append(least)
        return least if len(least.handed) < _PER_WORKER else None

    def _listen(self) -> None:
        """Wait until somebody has something to say, or is overdue."""
        busy = [worker for worker in self._workers if worker.handed]
        now = time.monotonic()
        wait = min(worker.since + self._limit(worker) for worker in busy) - now
        pipes = {worker.pipe: worker for worker in busy}
        heard = connection.wait(list(pipes), timeout=max(0.0, wait))
        for pipe in heard:
            self._hear(pipes[pipe])  # type: ignore[index]
        for worker in busy:
            overdue = time.monotonic() - worker.since > self._limit(worker)
            if worker in self._workers and overdue and not worker.pipe.poll():
                self._replace(worker, f"It took longer than {self._seconds:g} seconds.")

    def _limit(self, worker: _Worker) -> float:
        return self._seconds if worker.ready else _STARTING_SECONDS

    def _hear(self, worker: _Worker) -> None:
        try:
            outcome = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            code = worker.process.exitcode
            self._replace(worker, f"It ended the process that read it (exit code {code}).")
            return
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready = True
            return
        index, _ = worker.handed.popleft()
        self._done[index] = outcome

    def _replace(self, worker: _Worker, why: str) -> None:
        """Count the file that it was at as failed; the next one is tried again by others."""
        if not worker.ready:
            raise TrainingError(
                f"No worker process can be started. {why}",
                remedy="Prepare with one process: --workers 0.",
            )
        index, _ = worker.handed.popleft()
        self._done[index] = Outcome(None, why)
        self._again.extend(worker.handed)
        worker.end()
        self._workers[self._workers.index(worker)] = _Worker(self._function)
