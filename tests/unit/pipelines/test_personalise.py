from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.midime.config import MidiMeConfig
from midime_engine.pipelines import personalise
from midime_engine.pipelines.personalise import Training
from tests.support.fakes import PlaneSpace

SMALL = MidiMeConfig(
    input_size=8, latent_size=2, encoder_layers=(16,), decoder_layers=(16,), epochs=12, seed=3
)


@pytest.fixture
def space(rng) -> PlaneSpace:
    """A space that stands for a MidiMe."""
    return PlaneSpace(rng.standard_normal((6, 8)))


def test_leaving_the_loop_stops_and_coming_back_goes_on(space) -> None:
    """A stopped training has taken exactly the steps that were seen."""
    taken: list[int] = []
    training = Training(space, (taken.append(i) or i for i in range(10)))
    for step in training:
        if step == 3:
            break
    assert taken == [0, 1, 2, 3]
    assert training.finish() is space
    assert taken == list(range(10))


def test_a_real_midime_learns_its_vectors(rng) -> None:
    """The loss falls, and the space gives vectors of the right size."""
    z = rng.standard_normal((5, 8)).astype(np.float32)
    training = personalise.start(z, SMALL)
    space = training.finish()
    assert training.history[-1].total < training.history[0].total
    assert space.decode(space.sample(3, seed=1)).shape == (3, 8)


def test_warming_up_changes_nothing_that_follows(rng) -> None:
    """The curve of a warmed-up training is the curve of a cold one."""
    z = rng.standard_normal((5, 8)).astype(np.float32)
    cold = [step.total for step in personalise.start(z, SMALL)]
    personalise.warm_up(z, SMALL)
    assert [step.total for step in personalise.start(z, SMALL)] == cold


def test_nothing_to_train_on_is_said_before_the_first_step() -> None:
    """No chunk, no MidiMe."""
    with pytest.raises(TrainingError):
        personalise.start(np.zeros((0, 8), np.float32), SMALL)
