"""The blending of two MidiMes as a job: what runs in the worker thread, and what is watched.

The job is like a training, which it is: it publishes the steps, and can be stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_engine.pipelines import blend

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.errors import MidimeError
    from midime_engine.midime.training import TrainingStep
    from midime_engine.pipelines.blend import Half, Likeness
    from midime_engine.protocols import DecodesTokens
    from midime_ui.jobs import Job

__all__ = [
    "BlendJob",
    "Blended",
    "Outcome",
    "Watched",
    "failed",
    "outcome",
    "set_failure",
    "set_outcome",
    "set_watched",
    "watched",
    "work_on",
]

_WATCHED: Final = "blend_watched"
_OUTCOME: Final = "blend_outcome"
_FAILURE: Final = "blend_failure"


@dataclass(frozen=True, slots=True)
class Blended:
    """A blend and how it came about."""

    data: bytes
    """The MidiMe as its file."""

    steps: tuple[TrainingStep, ...]
    n_points: int
    seconds: float
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Watched:
    """A blending that this visitor has started."""

    job_id: str
    name: str
    """What the blend is to be called."""

    parents: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last blend, for the page to tell of."""

    saved_id: str
    name: str
    parents: tuple[str, str]
    likeness: Likeness


if TYPE_CHECKING:
    BlendJob = Job[TrainingStep, Blended]


def work_on(
    a: Half, b: Half, model: DecodesTokens, *, share: float, seed: int
) -> Callable[[BlendJob], Blended | None]:
    """Return the work of one blending.

    Args:
        a: One MidiMe.
        b: The other.
        model: The base model of both.
        share: Of ``b``, in 0..1.
        seed: Of everything that is drawn.
    """

    def work(job: BlendJob) -> Blended | None:
        from midime_engine.midime import persistence

        training = blend.start(a, b, share=share, seed=seed)
        for step in training:
            job.publish(step)
            if job.should_stop():
                return None  # Half a blend is neither one thing nor the other.
        provenance = blend.provenance_of(a, b, share=share)
        return Blended(
            data=persistence.to_bytes(training.space, provenance.to_json()),
            steps=training.history,
            n_points=blend.N_POINTS,
            seconds=training.seconds,
            likeness=blend.likeness(training.space, a, b, model, provenance=provenance, seed=seed),
        )

    return work


def watched() -> Watched | None:
    """The blending that is going on."""
    return cast("Watched | None", st.session_state.get(_WATCHED))


def set_watched(value: Watched | None) -> None:
    """Remember (or forget) the blending to watch."""
    st.session_state[_WATCHED] = value


def outcome() -> Outcome | None:
    """What came of the last one."""
    return cast("Outcome | None", st.session_state.get(_OUTCOME))


def set_outcome(value: Outcome | None) -> None:
    """Remember (or forget) what came of it."""
    st.session_state[_OUTCOME] = value


def failed() -> MidimeError | None:
    """Why the last one came to nothing."""
    return cast("MidimeError | None", st.session_state.get(_FAILURE))


def set_failure(value: MidimeError | None) -> None:
    """Remember (or forget) what went wrong."""
    st.session_state[_FAILURE] = value
