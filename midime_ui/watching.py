"""One kind of training, watched from page to page: what it ends with is kept wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import streamlit as st

from midime_ui import pools
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.errors import MidimeError
    from midime_ui.jobs import Job

__all__ = ["Watched", "Watching"]


class Watched(Protocol):
    """What a session remembers of a training under way."""

    @property
    def id(self) -> str:
        """Of its job."""
        ...


_W = TypeVar("_W", bound=Watched)
_R = TypeVar("_R")


class Watching(Generic[_W, _R]):
    """Trainings of one kind, of which a session watches one at a time.

    Everything that it knows is in session state: it asks and tells through the functions that it
    is given, so one object serves all visitors.
    """

    def __init__(
        self,
        *,
        watched: Callable[[], _W | None],
        set_watched: Callable[[_W | None], None],
        set_failure: Callable[[MidimeError | None], None],
        keep: Callable[[_R], None],
    ) -> None:
        """Learn where the session keeps what belongs to this kind of training.

        Args:
            watched: Which training is under way.
            set_watched: Remembers or forgets it.
            set_failure: Remembers or forgets why the last one failed.
            keep: Takes what has come of one.
        """
        self._watched = watched
        self._set_watched = set_watched
        self._set_failure = set_failure
        self._keep_result = keep

    def begin(
        self, work: Callable[[Job[Any, _R]], _R | None], remember: Callable[[str], _W]
    ) -> None:
        """Hand ``work`` to the pool and watch it.

        Args:
            work: The training.
            remember: From the id of its job to what the session remembers of it.

        Raises:
            TrainingError: There are too many already.
        """
        job = pools.job_manager().submit(work)
        self._set_failure(None)
        self._set_watched(remember(job.id))

    def current(self) -> tuple[_W, Job[Any, _R]] | None:
        """The training under way, and its job; None where there is none."""
        watched = self._watched()
        job = None if watched is None else pools.job_manager().get(watched.id)
        return None if watched is None or job is None else (watched, job)

    def collect(self) -> None:
        """Keep what a finished training has made, on whatever page the visitor is by now."""
        if self._watched() is None:
            return
        current = self.current()
        if current is None:
            self._set_watched(None)
            return
        _, job = current
        job.heartbeat()
        if job.state.is_over:
            self._keep(job)

    def show(self, draw: Callable[[_W, Job[Any, _R]], None], *, run_every: float) -> bool:
        """Draw the training under way, again and again, until it is over.

        Args:
            draw: Draws what there is of it.
            run_every: Seconds between two pictures.

        Returns:
            Whether one is being watched, so that another one has to wait.
        """
        current = self.current()
        if current is None:
            return False
        st.fragment(self._watch, run_every=run_every)(*current, draw)
        return True

    def _watch(
        self, watched: _W, job: Job[Any, _R], draw: Callable[[_W, Job[Any, _R]], None]
    ) -> None:
        if job.state.is_over:
            self._keep(job)
            st.rerun()
        draw(watched, job)

    def _keep(self, job: Job[Any, _R]) -> None:
        self._set_watched(None)
        self._set_failure(job.error)
        if job.result is not None:
            self._keep_result(job.result)
        elif job.state is JobState.STOPPED:
            st.toast("Stopped before anything was learnt.", icon=":material/stop:")
