"""The terms of the loss, one by one."""

from __future__ import annotations

import numpy as np
from keras import ops

from midime_engine.translation.losses import (
    agreement,
    contrast,
    divergence,
    label_loss,
    sliced_wasserstein,
)

RNG = np.random.default_rng(5)


def _number(value) -> float:
    return float(ops.convert_to_numpy(value))


def _directions(size: int) -> np.ndarray:
    drawn = RNG.standard_normal((size, 200)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=0)


def test_the_divergence_of_the_prior_is_nothing() -> None:
    """A posterior that is the prior costs 0 nats, one at distance 2 half of 4 per dimension."""
    zeros, ones = np.zeros((4, 3), np.float32), np.ones((4, 3), np.float32)
    assert _number(divergence(zeros, ones)) == 0.0
    assert abs(_number(divergence(2 * ones, ones)) - 6.0) < 1e-5


def test_the_order_of_a_cloud_does_not_matter() -> None:
    """Two clouds of the same points lie nowhere apart."""
    cloud = RNG.standard_normal((20, 3)).astype(np.float32)
    shuffled = cloud[RNG.permutation(20)]
    assert _number(sliced_wasserstein(cloud, shuffled, _directions(3))) < 1e-6


def test_a_shifted_cloud_lies_as_far_as_the_shift_looks_from_all_sides() -> None:
    """In the plane a shift by 1 is seen as 2 / pi on average over all directions."""
    cloud = RNG.standard_normal((20, 2)).astype(np.float32)
    angles = np.linspace(0, np.pi, 360, endpoint=False)
    around = np.stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    moved = cloud + np.array([1.0, 0.0], np.float32)
    assert abs(_number(sliced_wasserstein(cloud, moved, around)) - 2 / np.pi) < 1e-3


def test_a_label_that_is_told_exactly_costs_nothing() -> None:
    """Also a soft one, where the plain cross entropy would cost its entropy."""
    labels = np.array([[0.2, 0.9]], np.float32)
    logits = np.log(labels / (1 - labels))
    assert abs(_number(label_loss(logits, labels))) < 1e-6
    assert _number(label_loss(-logits, labels)) > 0.5


def test_only_rows_that_sound_together_must_agree() -> None:
    """The others may be wherever they are."""
    one, other = np.zeros((3, 2), np.float32), np.ones((3, 2), np.float32)
    other[2] = 100.0
    assert _number(agreement(one, other, np.array([1.0, 1.0, 0.0], np.float32))) == 1.0
    assert _number(agreement(one, other, np.zeros(3, np.float32))) == 0.0


def test_a_partner_is_told_from_the_others_when_it_is_nearest() -> None:
    """Far apart it costs nothing, all in one place as much as chance: ln n."""
    places = 50.0 * np.eye(4, dtype=np.float32)
    ones, songs = np.ones(4, np.float32), np.arange(4, dtype=np.int32)
    assert _number(contrast(places, places, ones, songs)) < 1e-4
    nowhere = np.zeros((4, 4), np.float32)
    assert abs(_number(contrast(nowhere, nowhere, ones, songs)) - np.log(4)) < 1e-5


def test_other_bars_of_the_same_song_are_no_wrong_answers() -> None:
    """They may lie as near as the partner itself."""
    nowhere = np.zeros((4, 3), np.float32)
    ones = np.ones(4, np.float32)
    one_song = np.zeros(4, np.int32)
    assert abs(_number(contrast(nowhere, nowhere, ones, one_song))) < 1e-5
