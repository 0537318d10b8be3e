"""A blending is a job like a training."""

from __future__ import annotations

import pickle

import pytest
import streamlit as st

from midime_engine.errors import TrainingError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines import keeping
from midime_engine.pipelines.blend import N_POINTS, Half, Likeness
from midime_engine.pipelines.provenance import Provenance
from midime_ui import blending
from midime_ui.jobs import Job, JobState
from tests.support.studio import FakeMusicVAE

PROVENANCE = Provenance("mel_2bar", ("melody",), Playback())


@pytest.fixture
def halves(fakes: None) -> tuple[Half, Half]:  # noqa: ARG001 - for what it does
    """Two MidiMes that lead elsewhere."""
    return tuple(  # type: ignore[misc]
        Half.of(persistence.to_bytes(MidiMe(MidiMeConfig(seed=seed)), PROVENANCE.to_json()), name=n)
        for seed, n in ((1, "march"), (2, "waltz"))
    )


def test_a_blend_is_trained_and_compared(halves: tuple[Half, Half]) -> None:
    """Every step is published, and the result can be kept."""
    job: blending.BlendJob = Job()
    job.run(blending.work_on(*halves, FakeMusicVAE(), share=0.25, seed=0))
    assert job.state is JobState.DONE
    blended = job.result
    assert blended is not None
    assert blended.steps == job.events()
    assert blended.n_points == N_POINTS
    assert keeping.read(blended.data).provenance.parents[1].share == 0.25
    assert all(0 <= value <= 1 for value in (blended.likeness.to_a, blended.likeness.to_b))


def test_half_a_blend_is_nothing(halves: tuple[Half, Half]) -> None:
    """A blending that is stopped leaves nothing behind."""
    job: blending.BlendJob = Job()
    publish = job.publish

    def stop_after_one(step: object) -> None:
        publish(step)  # type: ignore[arg-type]
        job.cancel()

    job.publish = stop_after_one  # type: ignore[method-assign]
    job.run(blending.work_on(*halves, FakeMusicVAE(), share=0.25, seed=0))
    assert len(job.events()) == 1
    assert job.result is None


def test_what_is_remembered_of_it_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session can be serialised with it."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    assert (blending.watched(), blending.outcome(), blending.failed()) == (None, None, None)
    watched = blending.Watched("id", "name", ("a", "b"))
    outcome = blending.Outcome("id", "name", ("a", "b"), Likeness(0.5, 0.6, 0.4))
    error = TrainingError("It broke.", remedy="Mend it.")
    blending.set_watched(watched)
    blending.set_outcome(outcome)
    blending.set_failure(error)
    assert pickle.loads(pickle.dumps((watched, outcome))) == (watched, outcome)  # noqa: S301 - ours
    assert (blending.watched(), blending.outcome(), blending.failed()) == (watched, outcome, error)
