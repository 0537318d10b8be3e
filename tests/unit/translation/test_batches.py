"""Which pairs are trained on when, and all chance."""

from __future__ import annotations

import numpy as np

from midime_engine.translation.batches import DIRECTIONS, Batches, stack
from tests.support.translation import DRUMS, MELODY, toy_config, toy_pairs


def test_a_step_always_has_the_same_batch() -> None:
    """However training was interrupted; and other steps have others."""
    pairs, config = toy_pairs(), toy_config()
    one, same = Batches(pairs, config).at(7), Batches(pairs, config).at(7)
    np.testing.assert_array_equal(one.x[0], same.x[0])
    assert not np.array_equal(one.x[0], Batches(pairs, config).at(8).x[0])


def test_each_pair_comes_once_before_any_comes_again() -> None:
    """A song of six pairs fills a batch of sixteen nearly evenly."""
    counts = np.bincount(Batches(toy_pairs(6), toy_config()).rows(0), minlength=6)
    assert counts.sum() == 16
    assert set(counts.tolist()) <= {2, 3}


def test_a_batch_has_the_shapes_of_both_sides() -> None:
    """Vectors by side, directions of length one in the space of each."""
    batch = Batches(toy_pairs(), toy_config()).at(0)
    assert [x.shape for x in batch.x] == [(16, MELODY.size), (16, DRUMS.size)]
    assert batch.directions.shape == (2, DIRECTIONS)
    for directions, domain in zip(batch.outward, (MELODY, DRUMS), strict=True):
        assert directions.shape == (domain.size, DIRECTIONS)
        np.testing.assert_allclose(np.linalg.norm(directions, axis=0), 1.0, rtol=1e-5)


def test_vectors_are_drawn_from_the_posteriors() -> None:
    """Their deviation from the mean is the posterior's own."""
    batches = Batches(toy_pairs(), toy_config())
    off = [batch.x[0] - batch.mu[0] for batch in map(batches.at, range(30))]
    assert abs(np.std(off) - 0.2) < 0.02


def test_stacked_batches_lie_on_a_first_axis() -> None:
    """In order, side by side as they were."""
    batches = Batches(toy_pairs(), toy_config())
    both = stack([batches.at(0), batches.at(1)])
    np.testing.assert_array_equal(both.mu[1][1], batches.at(1).mu[1])
    assert both.songs.shape == (2, 16)
