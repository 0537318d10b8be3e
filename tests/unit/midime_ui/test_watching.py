"""A training is watched from page to page, and what it ends with is kept once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st

from midime_engine.errors import TrainingError
from midime_ui import pools
from midime_ui.jobs import JobManager
from midime_ui.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.errors import MidimeError
    from midime_ui.jobs import Job


@dataclass(frozen=True)
class Watched:
    """A training under way."""

    id: str


@dataclass
class Session:
    """What a session holds of one kind of training."""

    watched: Watched | None = None
    failure: MidimeError | None = None
    kept: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def set_watched(self, value: Watched | None) -> None:
        self.watched = value

    def set_failure(self, value: MidimeError | None) -> None:
        self.failure = value

    def watching(self) -> Watching[Watched, str]:
        return Watching(
            watched=lambda: self.watched,
            set_watched=self.set_watched,
            set_failure=self.set_failure,
            keep=self.kept.append,
        )


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session with a pool of its own; reruns and toasts are written down."""
    manager, session = JobManager(), Session()
    monkeypatch.setattr(pools, "job_manager", lambda: manager)
    monkeypatch.setattr(st, "toast", lambda text, **_: session.said.append(text))
    monkeypatch.setattr(st, "fragment", lambda function, **_: function)
    monkeypatch.setattr(st, "rerun", lambda: session.said.append("again"))
    return session


def finished(
    session: Session, work: Callable[[Job[Any, str]], str | None]
) -> Watching[Watched, str]:
    """After that work, before anybody has looked."""
    watching = session.watching()
    watching.begin(work, Watched)
    current = watching.current()
    assert current is not None
    assert current[1].wait(10)
    return watching


def test_what_was_made_is_kept_once(session: Session) -> None:
    """On whatever page the visitor is by now."""
    watching = finished(session, lambda _: "made")
    watching.collect()
    watching.collect()
    assert session.kept == ["made"]
    assert watching.current() is None
    assert session.failure is None


def test_what_went_wrong_is_remembered_until_the_next_try(session: Session) -> None:
    """Nothing is kept of it."""

    def fail(_: Job[Any, str]) -> str:
        raise TrainingError("It broke.", remedy="Try again.")

    finished(session, fail).collect()
    assert (str(session.failure), session.kept, session.said) == ("It broke.", [], [])
    finished(session, lambda _: "made")
    assert session.failure is None


def test_stopping_before_anything_was_learnt_is_said(session: Session) -> None:
    """It is no failure."""

    def nothing(job: Job[Any, str]) -> None:
        job.cancel()

    finished(session, nothing).collect()
    assert session.said == ["Stopped before anything was learnt."]
    assert session.failure is None


def test_it_is_drawn_until_it_is_over(session: Session) -> None:
    """Then its result is kept, and the page begins anew."""
    over, drawn = threading.Event(), []

    def draw(watched: Watched, job: Job[Any, str]) -> None:
        drawn.append(watched.id == job.id)

    watching = session.watching()
    assert not watching.show(draw, run_every=0.5)
    watching.begin(lambda _: "made" if over.wait(10) else None, Watched)
    assert watching.show(draw, run_every=0.5)
    assert (drawn, session.kept) == ([True], [])
    over.set()
    current = watching.current()
    assert current is not None
    assert current[1].wait(10)
    assert watching.show(draw, run_every=0.5)
    assert (session.kept, session.said[0]) == (["made"], "again")


def test_a_training_that_the_server_has_forgotten_is_forgotten(session: Session) -> None:
    """It was started before the server was."""
    session.watched = Watched("gone")
    session.watching().collect()
    assert session.watched is None
