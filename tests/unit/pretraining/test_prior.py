"""What the samples of a model are compared with, and how."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.prior import copies, dream, fit_mixture, likeness
from tests.support.melodies import drums, melody
from tests.support.networks import random_tokens, shared_model


def windows(text: str, n: int = 4) -> np.ndarray:
    """The same melody window ``n`` times, ``[n, 32, 1]``."""
    return np.repeat(melody(text, n_steps=32)[None, :, None], n, axis=0)


def test_music_is_like_itself() -> None:
    """Every distribution overlaps fully."""
    real = windows("C4 . E4 . G4 . . .")
    found = likeness(real, real, parts=("melody",))
    assert (found.lowest, found.mean) == (1.0, 1.0)


def test_the_lowest_overlap_is_that_of_the_worst_feature() -> None:
    """Same rhythm, other pitch classes."""
    found = likeness(windows("C4 . E4 ."), windows("C#4 . F4 ."), parts=("melody",))
    assert found.lowest == found.overlap["melody"]["pitch_class"] == 0.0
    assert found.overlap["melody"]["onset_position"] == 1.0
    assert found.mean == pytest.approx(np.mean(list(found.overlap["melody"].values())))


def test_windows_with_notes_and_their_onsets_are_counted_part_by_part() -> None:
    """Three onsets in one of two windows of two bars; of drums, struck steps."""
    samples = np.zeros((2, 32, 2), np.int32)
    samples[0, :, 0] = melody("C4 D4 . off E4", n_steps=32)
    samples[:, :, 1] = drums("kh . s .", n_steps=32)
    found = likeness(samples, samples, parts=("melody", "drums"))
    assert found.with_notes == {"melody": 0.5, "drums": 1.0}
    assert found.onsets_per_bar == {"melody": 3 / 4, "drums": 2 / 2}


def test_pitch_classes_are_compared_with_all_keys_too() -> None:
    """Two of twelve pitch classes cover a sixth of what music in all keys has; drums have none."""
    tokens = np.concatenate([windows("C4 . E4 ."), windows("C4 . E4 .") * 0 + 1], axis=2)
    found = likeness(tokens, tokens, parts=("melody", "drums"))
    assert found.in_all_keys == {"melody": pytest.approx(2 / 12)}


def test_copied_bars_are_looked_for_in_the_training_windows() -> None:
    """One bar of each sample is known; the other is silent and does not count."""
    train = windows("C4 . E4 . G4 . . .")
    assert copies(train, train[:1], parts=("melody",)) == 1.0
    assert copies(train, windows("C4 . E4 . A4 . . ."), parts=("melody",)) == 0.0
    assert copies(train[:0], train, parts=("melody",)) is None


def test_the_prior_and_the_mixture_are_judged_at_each_temperature(rng) -> None:
    """Four collections, the prior first."""
    model = shared_model("testing")
    valid = random_tokens(model.config, 12, rng)
    mixture = fit_mixture(model, valid)
    found = list(dream(model, valid, valid[:0], mixture=mixture, n=6))
    assert [(dreams.source, dreams.temperature) for dreams in found] == [
        ("prior", 0.5),
        ("prior", 1.0),
        ("mixture", 0.5),
        ("mixture", 1.0),
    ]
    assert all(0.0 <= dreams.likeness.lowest <= 1.0 for dreams in found)
    assert all(dreams.copied_bars is None for dreams in found)


def test_the_mixture_covers_the_dimensions_that_carry_something(rng) -> None:
    """Those with a mean KL; random weights use all of them."""
    model = shared_model("testing")
    mixture = fit_mixture(model, random_tokens(model.config, 40, rng))
    assert mixture.z_size == model.config.z_size
    assert 0 < len(mixture.dimensions) <= model.config.z_size
