from __future__ import annotations

import numpy as np
import pytest

from midime_engine.converters.classes import FIRST_ONSET, N_MELODY_CLASSES
from midime_engine.pretraining.batches import batch_at, transpose_at_random
from midime_engine.pretraining.config import PretrainingConfig
from tests.support.melodies import melody

CONFIG = PretrainingConfig(model="testing", batch_size=4, max_transposition=0)


@pytest.fixture
def windows() -> np.ndarray:
    """Ten windows that can be told apart by their first token."""
    return np.tile(np.arange(20, 30, dtype=np.int32)[:, None, None], (1, 32, 1))


def batch(windows, step: int, config: PretrainingConfig = CONFIG):
    """The batch of that step for a melody model."""
    return batch_at(
        windows, step, config, parts=("melody",), z_size=8, input_dropout=config.input_dropout
    )


def test_a_step_has_one_batch_however_often_it_is_asked_for(windows) -> None:
    """So that a resumed run goes on as if nothing had happened."""
    for first, again in zip(batch(windows, 7), batch(windows, 7), strict=True):
        np.testing.assert_array_equal(first, again)


@pytest.mark.parametrize("other", [8, 70])
def test_other_steps_have_other_batches(windows, other: int) -> None:
    """Other windows, other noise."""
    assert not np.array_equal(batch(windows, 7).tokens, batch(windows, other).tokens)
    assert not np.array_equal(batch(windows, 7).noise, batch(windows, other).noise)


def test_an_epoch_shows_no_window_twice(windows) -> None:
    """Two batches of four of ten windows; the next epoch is in another order."""
    epochs = [
        np.concatenate([batch(windows, step).tokens[:, 0, 0] for step in (2 * e, 2 * e + 1)])
        for e in range(3)
    ]
    assert all(len(set(epoch.tolist())) == 8 for epoch in epochs)
    assert len({tuple(epoch) for epoch in epochs}) == 3


def test_the_seed_decides(windows) -> None:
    """Another seed, another course."""
    other = PretrainingConfig(model="testing", batch_size=4, max_transposition=0, seed=1)
    assert not np.array_equal(batch(windows, 0).noise, batch(windows, 0, other).noise)


def test_the_share_of_hidden_tokens_is_the_one_asked_for() -> None:
    """A fifth by default; none when none are to be hidden."""
    windows = np.zeros((256, 32, 1), np.int32)
    hidden = 1.0 - batch(windows, 0, PretrainingConfig(max_transposition=0)).keep.mean()
    assert hidden == pytest.approx(0.2, abs=0.02)
    shown = PretrainingConfig(max_transposition=0, input_dropout=0.0)
    assert batch(windows, 0, shown).keep.min() == 1.0


def test_transposition_moves_all_onsets_of_a_window_alike(rng) -> None:
    """Holds and note offs stay, intervals stay, and every shift occurs."""
    window = melody("C4 . E4 off G4 . . C5", n_steps=32)[None, :, None]
    moved = transpose_at_random(np.repeat(window, 500, axis=0), 6, ("melody",), rng)
    onset = window[0] >= FIRST_ONSET
    shifts = (moved - window)[:, onset]
    assert (shifts == shifts[:, :1]).all()
    assert set(shifts[:, 0].tolist()) == set(range(-6, 7))
    np.testing.assert_array_equal(moved[:, ~onset], np.repeat(window[:, ~onset], 500, axis=0))


@pytest.mark.parametrize("edge", [FIRST_ONSET, N_MELODY_CLASSES - 1])
def test_transposition_stays_in_range(edge: int, rng) -> None:
    """At the end of the keyboard a melody moves one way only, and silence does not matter."""
    tokens = np.zeros((200, 32, 1), np.int32)
    tokens[:100, 0] = edge
    moved = transpose_at_random(tokens, 6, ("melody",), rng)
    assert moved[:100, 0].min() >= FIRST_ONSET
    assert moved[:100, 0].max() < N_MELODY_CLASSES
    assert len(np.unique(moved[:100, 0])) == 7
    assert not moved[100:].any()


def test_drums_are_never_transposed(rng) -> None:
    """Alone or beside melody and bass, which move together."""
    drums = rng.integers(0, 512, (20, 32, 1)).astype(np.int32)
    np.testing.assert_array_equal(transpose_at_random(drums, 6, ("drums",), rng), drums)
    pitched = rng.integers(30, 60, (20, 32, 2)).astype(np.int32)
    trio = np.concatenate([pitched, drums], axis=-1)
    moved = transpose_at_random(trio, 6, ("melody", "bass", "drums"), rng)
    np.testing.assert_array_equal(moved[..., 2], trio[..., 2])
    shifts = (moved - trio)[..., :2]
    assert (shifts == shifts[:, :1, :1]).all()
    assert shifts.any()
