"""Downloads of published models in the background: one of each, whoever asks. No Streamlit here."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from midime_engine import catalogue
from midime_ui.jobs import Job, JobManager

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from midime_engine.catalogue import Entry

    Fetch = Callable[..., Path]
    Download = Job["Progress", Path]

__all__ = ["Fetches", "Progress"]

MAX_RUNNING: Final = 2
"""Downloads at the same time; more would share one line."""

_STEPS: Final = 200
"""How often a download tells how far it is: as often as a bar of that many pixels moves."""

_STEP_BYTES: Final = 1_000_000
"""The same where nobody knows how much will come."""


class Progress(NamedTuple):
    """How far a download is."""

    n_bytes: int
    n_total: int | None
    """None if nobody knows."""


class _StoppedError(Exception):
    """Nobody wants the download any more."""


class Fetches:
    """The downloads of this process."""

    def __init__(self, fetch: Fetch = catalogue.fetch) -> None:
        """``fetch`` brings an entry of the catalogue and reports its progress."""
        self._fetch = fetch
        self._pool = JobManager(max_running=MAX_RUNNING)
        self._lock = threading.Lock()
        self._jobs: dict[str, Download] = {}

    def start(self, entry: Entry) -> Download:
        """Download ``entry``, or join the download that is under way.

        Raises:
            TrainingError: Too many are waiting.
        """
        with self._lock:
            job = self._jobs.get(entry.name)
            if job is None or job.state.is_over:
                job = self._pool.submit(lambda job: self._work(entry, job))
                self._jobs[entry.name] = job
            return job

    def get(self, name: str | None) -> Download | None:
        """The latest download of the entry called ``name``, under way or over."""
        with self._lock:
            return None if name is None else self._jobs.get(name)

    def shutdown(self) -> None:
        """Stop every download and wait for the threads."""
        self._pool.shutdown()

    def _work(self, entry: Entry, job: Download) -> Path | None:
        latest = -1

        def progress(n_bytes: int, n_total: int | None) -> None:
            nonlocal latest
            if job.should_stop():
                raise _StoppedError
            step = n_bytes * _STEPS // n_total if n_total else n_bytes // _STEP_BYTES
            if step != latest:
                latest = step
                job.publish(Progress(n_bytes, n_total))

        try:
            return self._fetch(entry, progress=progress)
        except _StoppedError:
            return None
