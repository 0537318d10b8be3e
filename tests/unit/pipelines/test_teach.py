"""A translator of one's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.errors import MidiMeFileError
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines import teach
from midime_engine.pipelines.partners import find, to_pairs
from midime_engine.translation import persistence
from midime_engine.translation.domain import Domain, face
from tests.support.songs import midi, track
from tests.support.translation import toy_models, toy_translator

GENERAL = toy_translator()
DOMAINS = GENERAL.config.domains


@pytest.fixture(scope="module")
def found():
    """A band of eight bars."""
    tracks = [
        track("C5 . E5 . G5 . E5 . " * 16, name="Flute", program=73),
        track("C2 . D2 . " * 32, name="Drums", channel=9),
    ]
    return find([read_midi(midi(tracks), name="band.mid")], DOMAINS)


def test_a_personal_translator_keeps_the_shapes_of_the_general_one() -> None:
    """And trains more gently; without one, as a general one does."""
    config = teach.personal_config(DOMAINS, general=GENERAL, seed=4, steps=7)
    assert config.variable_shapes == GENERAL.config.variable_shapes
    assert (config.seed, config.steps) == (4, 7)
    assert config.learning_rate < teach.personal_config(DOMAINS).learning_rate
    assert teach.personal_config(DOMAINS).latent_size == teach.general_config(DOMAINS).latent_size


def test_training_starts_from_the_general_one_and_leaves_it_alone(found) -> None:
    """It settles at the end, and can be saved with what it was measured by."""
    scales = teach.own_scales(found, DOMAINS)
    pairs = to_pairs(found, toy_models(), DOMAINS, scales)
    before = {name: array.copy() for name, array in GENERAL.weights.items()}
    config = replace(GENERAL.config, steps=3)
    training = teach.start(pairs, config, general=GENERAL)
    personal = training.finish()
    assert [step.step for step in training.history] == [1, 2, 3]
    assert training.seconds > 0
    assert personal.weights["manner/a/bias"].any()
    for name, array in GENERAL.weights.items():
        np.testing.assert_array_equal(array, before[name])
    metadata = teach.metadata_of(scales, songs=["band.mid"])
    _, again = persistence.from_bytes(persistence.to_bytes(personal, metadata))
    np.testing.assert_allclose(teach.scales_of(again)[1].quantiles, scales[1].quantiles, atol=1e-4)
    assert again["songs"] == ["band.mid"]


def test_who_leaves_early_can_settle(found) -> None:
    """After one step, and go on later."""
    pairs = to_pairs(found, toy_models(), DOMAINS, teach.own_scales(found, DOMAINS))
    training = teach.start(pairs, replace(GENERAL.config, steps=3), general=GENERAL)
    for _ in training:
        break
    assert training.translator.state.steps == 1
    assert training.settle().weights["manner/b/bias"].any()
    training.finish()
    assert len(training.history) == 3


@pytest.mark.parametrize("metadata", [{}, {"scales": 3}, {"scales": [[[1]], [[1]]]}])
def test_a_translator_without_scales_is_no_start(metadata) -> None:
    """Its attributes could not be measured as before."""
    with pytest.raises(MidiMeFileError, match="how it measures music"):
        teach.scales_of(metadata)


def test_longer_and_fuller_windows_have_more_details() -> None:
    """Sixty-four for two bars of one part, as far as there are numbers in a window."""
    melody = Domain(model="mel", parts=("melody",), n_steps=32, z_size=256)
    drums = replace(melody, model="drums", parts=("drums",))
    trio = Domain(model="trio", parts=("melody", "bass", "drums"), n_steps=64, z_size=256)
    long = replace(melody, model="long", n_steps=256)

    def details(one: Domain, other: Domain) -> int:
        config = teach.general_config(face(one, other))
        return config.latent_size - config.shared_size

    assert details(melody, drums) == 64
    assert details(melody, replace(drums, n_steps=64)) == 128
    assert details(melody, trio) == details(long, trio) == teach.MOST_DETAILS == 256
    assert details(melody, replace(drums, z_size=8)) == 64
