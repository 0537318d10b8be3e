"""Jobs run in the background, stop when asked or abandoned, and never take the app down."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import TrainingError
from midime_ui.jobs import Job, JobManager, JobState

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 10.0


@pytest.fixture
def manager() -> Iterator[JobManager]:
    """A pool of one thread and a queue of two."""
    manager = JobManager(max_running=1, max_waiting=2)
    yield manager
    manager.shutdown()


def until_stopped(job: Job[int, str]) -> str:
    """Publish numbers until somebody says stop."""
    number = 0
    while not job.should_stop():
        job.publish(number)
        number += 1
        time.sleep(0.002)
    return "what there was"


def test_a_finished_job_gives_its_result_and_its_events(manager: JobManager) -> None:
    """Everything published is there afterwards, in order, with the time it took."""

    def work(job: Job[int, str]) -> str:
        for number in range(5):
            job.publish(number)
        return "made"

    job = manager.submit(work)

    assert job.wait(PATIENCE)
    assert (job.state, job.result, job.events()) == (JobState.DONE, "made", (0, 1, 2, 3, 4))
    assert 0.0 <= job.seconds < PATIENCE


def test_events_are_seen_while_the_job_runs(manager: JobManager) -> None:
    """A curve can be drawn before the job is over."""
    job = manager.submit(until_stopped)
    deadline = time.monotonic() + PATIENCE
    while len(job.events()) < 3 and time.monotonic() < deadline:
        time.sleep(0.002)

    assert job.state is JobState.RUNNING
    assert job.events()[:3] == (0, 1, 2)


def test_a_row_of_events_ends_when_nobody_wants_more(manager: JobManager) -> None:
    """Or when there are none left; what comes after can still be made of them."""
    seen: list[int] = []

    def work(job: Job[int, str]) -> str:
        job.publish_all([1, 2, 3])
        job.cancel()
        job.publish_all(iter(range(4, 100)))
        seen.extend(job.events())
        return "made of them"

    job = manager.submit(work)
    assert job.wait(PATIENCE)
    assert (job.state, job.result) == (JobState.STOPPED, "made of them")
    assert seen == [1, 2, 3, 4]


def test_a_cancelled_job_stops_soon_and_keeps_what_it_made(manager: JobManager) -> None:
    """Stop is answered within half a second, and is not a loss."""
    job = manager.submit(until_stopped)
    while job.state is not JobState.RUNNING:
        time.sleep(0.002)
    job.cancel()

    assert job.wait(0.5)
    assert (job.state, job.result) == (JobState.STOPPED, "what there was")


def test_a_job_that_nobody_watches_is_abandoned() -> None:
    """Without a heartbeat a job ends by itself; the clock is turned by hand here."""
    now = [0.0]
    job: Job[int, str] = Job(abandon_seconds=90.0, clock=lambda: now[0])
    now[0] = 60.0
    job.heartbeat()
    now[0] = 149.0
    assert not job.should_stop()
    now[0] = 151.0

    job.run(until_stopped)

    assert job.state is JobState.ABANDONED


def test_a_job_cancelled_in_the_queue_never_starts(manager: JobManager) -> None:
    """Who changes their mind while waiting costs nothing."""
    blocker = manager.submit(until_stopped)
    started = threading.Event()

    def work(_: Job[int, str]) -> str:
        started.set()
        return ""

    waiting = manager.submit(work)
    waiting.cancel()
    blocker.cancel()

    assert waiting.wait(PATIENCE)
    assert waiting.state is JobState.STOPPED
    assert not started.is_set()


def test_a_full_queue_is_refused_with_a_remedy(manager: JobManager) -> None:
    """The pool is bounded: one runs, two wait, the fourth is told to come back."""
    for _ in range(3):
        manager.submit(until_stopped)

    with pytest.raises(TrainingError) as refusal:
        manager.submit(until_stopped)
    assert refusal.value.remedy


def test_an_error_of_the_engine_is_kept_for_the_page(manager: JobManager) -> None:
    """What the user can cause arrives as it was raised."""

    def work(_: Job[int, str]) -> str:
        raise TrainingError("Only one chunk.", remedy="Choose a longer song.")

    job = manager.submit(work)

    assert job.wait(PATIENCE)
    assert job.state is JobState.FAILED
    assert str(job.error) == "Only one chunk."


def test_a_mistake_of_ours_does_not_kill_the_worker(manager: JobManager) -> None:
    """After a crash the same thread serves the next visitor."""

    def work(_: Job[int, str]) -> str:
        raise ZeroDivisionError

    failed = manager.submit(work)
    assert failed.wait(PATIENCE)
    assert isinstance(failed.error, TrainingError)

    following = manager.submit(lambda _: "fine")
    assert following.wait(PATIENCE)
    assert following.result == "fine"


def test_old_jobs_are_forgotten() -> None:
    """Results stay long enough to be fetched, not for ever."""
    manager = JobManager(keep_seconds=0.0)
    first = manager.submit(lambda _: "one")
    assert first.wait(PATIENCE)
    assert manager.get(first.id) is first
    time.sleep(0.01)

    second = manager.submit(lambda _: "two")

    assert manager.get(first.id) is None
    assert manager.get(second.id) is second
    assert manager.get(None) is None
    manager.shutdown()
