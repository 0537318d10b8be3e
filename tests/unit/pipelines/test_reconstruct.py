from __future__ import annotations

import numpy as np
import pytest

from midime_engine import examples
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.reconstruct import agreement, rebuild, rebuild_through
from tests.support.fakes import PerfectModel, PlaneSpace
from tests.support.songs import midi, track


def test_a_perfect_model_gives_everything_back(material, model) -> None:
    """Accuracy 1 for every chunk."""
    rebuilt = rebuild(material.chunks, embed(material.chunks, model).latents.mu, model)
    np.testing.assert_array_equal(rebuilt.tokens, material.chunks.tokens)
    assert rebuilt.accuracy.tolist() == [1, 1, 1, 1]
    assert rebuilt.mean_accuracy == 1


def test_accuracy_is_the_share_of_unchanged_steps(material, model) -> None:
    """One wrong step of 32 costs a thirty-second."""
    z = embed(material.chunks, model).latents.mu.copy()
    z[0, 5] = 88 if z[0, 5] != 88 else 87
    accuracy = rebuild(material.chunks, z, model).accuracy
    assert accuracy[0] == pytest.approx(31 / 32)
    assert accuracy[1:].tolist() == [1, 1, 1]


def test_each_part_is_counted_for_itself() -> None:
    """A wrong bass leaves the melody as good as it is."""
    trio = ("melody", "bass", "drums")
    read = read_midi(examples.read("korobeiniki"), name="k.mid")
    chunk = prepare([read], parts=trio, n_steps=64).chunks.items[0]
    window = chunk.tokens.copy()
    window[:16, 1] = 89
    assert agreement(chunk, window).tolist() == [1, 0.75, 1]


def test_the_filling_of_a_short_metre_does_not_count(model: PerfectModel) -> None:
    """Of a waltz 24 of 32 steps are music; what is decoded behind them is cut away anyway."""
    waltz = read_midi(midi([track("C4 . . . E4 . . . G4 . . . " * 2)], numerator=3), name="w.mid")
    chunks = prepare([waltz], parts=("melody",), n_steps=32).chunks
    z = embed(chunks, model).latents.mu.copy()
    z[:, 24:] = 50
    assert rebuild(chunks, z, model).mean_accuracy == 1


def test_through_a_space_of_all_directions_nothing_is_lost(material, model) -> None:
    """Four chunks lie in three dimensions; a plane of two is less than they need."""
    mu = embed(material.chunks, model).latents.mu
    full = rebuild_through(material.chunks, mu, PlaneSpace(mu, latent_size=3), model)
    plane = rebuild_through(material.chunks, mu, PlaneSpace(mu, latent_size=1), model)
    assert full.mean_accuracy == 1
    assert plane.mean_accuracy < 1
