"""Downloads run in the background, one of each, and stop when nobody wants them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midime_engine import catalogue
from midime_engine.errors import DownloadError
from midime_ui.fetching import Fetches, Progress
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 10.0
TRIO, MELODY = (catalogue.find(f"magenta/{name}") for name in ("trio_4bar", "mel_2bar_small"))


class Line:
    """A slow line: one megabyte each time the gate is opened, ten in all."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.n_fetched = 0

    def fetch(self, entry, *, progress):
        self.n_fetched += 1
        for megabyte in range(1, 11):
            assert self.gate.acquire(timeout=PATIENCE)
            progress(megabyte * 1_000_000, 10_000_000)
        return Path(entry.slug)


@pytest.fixture
def line() -> Line:
    """What the downloads come over."""
    return Line()


@pytest.fixture
def fetches(line: Line) -> Iterator[Fetches]:
    """The downloads of a process that ends."""
    fetches = Fetches(line.fetch)
    yield fetches
    line.gate.release(100)
    fetches.shutdown()


def test_a_download_tells_how_far_it_is(fetches: Fetches, line: Line) -> None:
    """And ends with the place of the model."""
    job = fetches.start(TRIO)
    assert fetches.get(TRIO.name) is job
    line.gate.release(10)
    assert job.wait(PATIENCE)
    assert job.state is JobState.DONE
    assert job.result == Path("trio_4bar")
    assert job.events()[0] == Progress(1_000_000, 10_000_000)
    assert job.events()[-1] == Progress(10_000_000, 10_000_000)


def test_who_wants_the_same_joins(fetches: Fetches, line: Line) -> None:
    """A class of thirty downloads it once."""
    jobs = {fetches.start(TRIO).id for _ in range(30)}
    assert len(jobs) == 1
    assert fetches.start(MELODY).id not in jobs
    line.gate.release(20)
    assert all(fetches.get(e.name).wait(PATIENCE) for e in (TRIO, MELODY))
    assert line.n_fetched == 2


def test_a_download_can_be_stopped_and_taken_up_again(fetches: Fetches, line: Line) -> None:
    """The next one is another job."""
    job = fetches.start(TRIO)
    job.cancel()
    line.gate.release(1)
    assert job.wait(PATIENCE)
    assert job.state is JobState.STOPPED
    assert fetches.start(TRIO) is not job


def test_a_failure_is_kept_to_be_shown() -> None:
    """Offline, for instance."""

    def fetch(_entry, *, progress):
        progress(0, None)
        raise DownloadError("The host cannot be reached.", remedy="Check the network.")

    fetches = Fetches(fetch)
    job = fetches.start(TRIO)
    assert job.wait(PATIENCE)
    assert job.state is JobState.FAILED
    assert job.error.remedy == "Check the network."
    fetches.shutdown()


def test_a_fast_line_does_not_flood_the_page() -> None:
    """A gigabyte in small blocks makes as many messages as a bar has pixels."""

    def fetch(entry, *, progress):
        for block in range(4000):
            progress(block * 250_000, 1_000_000_000)
        return Path(entry.slug)

    fetches = Fetches(fetch)
    job = fetches.start(TRIO)
    assert job.wait(PATIENCE)
    assert 100 <= len(job.events()) <= 201
    fetches.shutdown()


def test_what_nobody_has_asked_for_is_not_there(fetches: Fetches) -> None:
    """Nothing has been downloaded yet."""
    assert fetches.get(None) is None
    assert fetches.get(TRIO.name) is None
