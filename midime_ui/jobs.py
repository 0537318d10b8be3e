"""Background jobs that outlive a dropped connection and end when nobody watches.

No Streamlit in here: a worker thread never calls ``st.*``. It publishes plain events on its
:class:`Job`; the page that shows the job polls them and, by polling, says that it is still there.

Life of a job: waiting → running → done, or stopped (somebody asked), abandoned (nobody looked for
``abandon_seconds``) or failed (``error`` says why). A stopped job keeps what it had made so far if
its work function returns it.
"""

from __future__ import annotations

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from midime_engine.errors import MidimeError, TrainingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ABANDON_SECONDS", "Job", "JobManager", "JobState"]

ABANDON_SECONDS: Final = 90.0
"""A hidden tab is polled about once a minute by browsers, and a session outlives a dropped
connection by 120 s: less than 60 would kill watched jobs, more than 120 would keep dead ones."""

KEEP_SECONDS: Final = 600.0
"""How long a finished job can still be fetched by its id."""

MAX_RUNNING: Final = 2
"""Trainings at the same time: each is a second of all cores, so more would only slow the rest."""

MAX_WAITING: Final = 32
"""A class of thirty may press the button together; more is refused with a sentence."""

Event = TypeVar("Event")
Result = TypeVar("Result")


class JobState(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    ABANDONED = "abandoned"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Nothing will change any more."""
        return self not in {JobState.WAITING, JobState.RUNNING}


class Job(Generic[Event, Result]):
    """One piece of work, seen from both sides: the worker publishes, the page watches."""

    def __init__(
        self,
        *,
        abandon_seconds: float = ABANDON_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A job nobody has started yet; ``clock`` counts seconds."""
        self.id: Final = secrets.token_urlsafe(9)
        self._abandon_seconds = abandon_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._over = threading.Event()
        self._events: list[Event] = []
        self._state = JobState.WAITING
        self._last_seen = clock()
        self._started_at: float | None = None
        self._ended_at: float | None = None
        self._first_event_at: float | None = None
        self._result: Result | None = None
        self._error: MidimeError | None = None

    # What the page asks.

    @property
    def state(self) -> JobState:
        """Where the job is now."""
        with self._lock:
            return self._state

    @property
    def result(self) -> Result | None:
        """What the work returned; None while it runs or if it has nothing to show."""
        with self._lock:
            return self._result

    @property
    def error(self) -> MidimeError | None:
        """Why the job failed."""
        with self._lock:
            return self._error

    @property
    def seconds(self) -> float:
        """Time spent running so far, without the time in the queue."""
        with self._lock:
            if self._started_at is None:
                return 0.0
            end = self._clock() if self._ended_at is None else self._ended_at
            return end - self._started_at

    @property
    def seconds_since_end(self) -> float:
        """Time since the job was over; 0 while it is not."""
        with self._lock:
            return 0.0 if self._ended_at is None else self._clock() - self._ended_at

    @property
    def seconds_since_first_event(self) -> float:
        """Time since there was something to see; 0 before."""
        with self._lock:
            return 0.0 if self._first_event_at is None else self._clock() - self._first_event_at

    def events(self) -> tuple[Event, ...]:
        """Everything published so far."""
        with self._lock:
            return tuple(self._events)

    def heartbeat(self) -> None:
        """Say that somebody is watching."""
        with self._lock:
            self._last_seen = self._clock()

    def cancel(self) -> None:
        """Ask the work to end soon."""
        self._cancel.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the job is over; False when ``timeout`` seconds passed first."""
        return self._over.wait(timeout)

    # What the worker asks.

    def publish(self, event: Event) -> None:
        """Hand one event to whoever watches."""
        with self._lock:
            if self._first_event_at is None:
                self._first_event_at = self._clock()
            self._events.append(event)

    def publish_all(self, events: Iterable[Event]) -> None:
        """Hand over one event after the other, until there are no more or nobody wants them."""
        for event in events:
            self.publish(event)
            if self.should_stop():
                return

    def should_stop(self) -> bool:
        """True once somebody cancelled or everybody left; ask after every step."""
        return self._cancel.is_set() or self._is_abandoned()

    def run(self, work: Callable[[Job[Event, Result]], Result | None]) -> None:
        """Do the work in this thread and keep what comes of it. Never raises."""
        if self.should_stop():
            self._finish(self._reason_to_stop())
            return
        with self._lock:
            self._state, self._started_at = JobState.RUNNING, self._clock()
        try:
            result = work(self)
        except MidimeError as error:
            self._finish(JobState.FAILED, error=error)
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise to; the page shows it
            self._finish(JobState.FAILED, error=_unexpected(error))
        else:
            state = self._reason_to_stop() if self.should_stop() else JobState.DONE
            self._finish(state, result=result)

    def _is_abandoned(self) -> bool:
        with self._lock:
            return self._clock() - self._last_seen > self._abandon_seconds

    def _reason_to_stop(self) -> JobState:
        return JobState.STOPPED if self._cancel.is_set() else JobState.ABANDONED

    def _finish(
        self, state: JobState, *, result: Result | None = None, error: MidimeError | None = None
    ) -> None:
        with self._lock:
            self._state, self._result, self._error = state, result, error
            self._ended_at = self._clock()
        self._over.set()


class JobManager:
    """A bounded pool of worker threads, shared by every session of the process."""

    def __init__(
        self,
        *,
        max_running: int = MAX_RUNNING,
        max_waiting: int = MAX_WAITING,
        abandon_seconds: float = ABANDON_SECONDS,
        keep_seconds: float = KEEP_SECONDS,
    ) -> None:
        """Run ``max_running`` jobs at once and let ``max_waiting`` more queue."""
        self._pool = ThreadPoolExecutor(max_running, thread_name_prefix="midime-job")
        self._limit = max_running + max_waiting
        self._abandon_seconds = abandon_seconds
        self._keep_seconds = keep_seconds
        self._lock = threading.Lock()
        self._jobs: dict[str, Job[Any, Any]] = {}

    def submit(self, work: Callable[[Job[Event, Result]], Result | None]) -> Job[Event, Result]:
        """Queue ``work``; it gets its job and asks ``should_stop`` after every step.

        Raises:
            TrainingError: When too many jobs are waiting already.
        """
        job: Job[Event, Result] = Job(abandon_seconds=self._abandon_seconds)
        with self._lock:
            self._forget_old_jobs()
            if sum(not other.state.is_over for other in self._jobs.values()) >= self._limit:
                raise TrainingError(
                    "Many people are training at this moment, so the queue is full.",
                    remedy="Wait a few seconds and press the button again.",
                )
            self._jobs[job.id] = job
        self._pool.submit(job.run, work)
        return job

    def get(self, job_id: str | None) -> Job[Any, Any] | None:
        """The job with that id, or None when it is unknown or long over."""
        if job_id is None:
            return None
        with self._lock:
            return self._jobs.get(job_id)

    def shutdown(self) -> None:
        """Stop every job and wait for the threads."""
        with self._lock:
            for job in self._jobs.values():
                job.cancel()
        self._pool.shutdown(wait=True)

    def _forget_old_jobs(self) -> None:
        for job in list(self._jobs.values()):
            if job.seconds_since_end > self._keep_seconds:
                del self._jobs[job.id]


def _unexpected(error: Exception) -> TrainingError:
    return TrainingError(
        f"Something went wrong that should not ({type(error).__name__}: {error}).",
        remedy="Try once more; if it happens again, report it with the song and these settings.",
    )
