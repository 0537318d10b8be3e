"""The work of a training job: publishes every step, stops when told, keeps what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.pipelines.provenance import Provenance
from midime_ui import cutting, models, rebuilding
from midime_ui.jobs import Job, JobState
from midime_ui.training import train_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.midime.training import TrainingStep
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

    Work = Callable[[Job[TrainingStep, Personal]], Personal | None]


@pytest.fixture
def work(study: Study) -> Work:
    """A training of fifty rounds."""
    return train_on(
        rebuilding.embedding(study),
        models.server(study.model),
        MidiMeConfig(epochs=50),
        parts=("melody",),
        augment=None,
        fingerprint="print",
        provenance=Provenance.of(cutting.material(study), model="mel_2bar", parts=("melody",)),
    )


def test_every_step_is_published_and_the_result_is_a_file(work: Work) -> None:
    """Which knows where it comes from."""
    job: Job[TrainingStep, Personal] = Job()
    job.run(work)
    personal = job.result
    assert job.state is JobState.DONE, job.error
    assert personal is not None
    assert job.events() == personal.steps
    assert len(personal.steps) == 50
    assert personal.n_vectors == 8
    assert not personal.stopped_early
    midime, metadata = persistence.from_bytes(personal.data)
    assert midime.config.epochs == 50
    assert Provenance.from_json(metadata).songs == ("tune.mid",)


def test_a_stopped_training_keeps_what_it_has_learnt(work: Work) -> None:
    """After the step at which it was told."""

    class StopsSoon(Job):  # type: ignore[type-arg]
        def should_stop(self) -> bool:
            return len(self.events()) >= 7

    job = StopsSoon()
    job.run(work)
    assert job.result is not None
    assert len(job.result.steps) == 7
    assert job.result.stopped_early
