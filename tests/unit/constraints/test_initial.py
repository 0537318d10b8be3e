"""First weights."""

from __future__ import annotations

import numpy as np

from midime_engine.constraints.initial import initial_weights
from midime_engine.constraints.model import Constraint
from midime_engine.constraints.training import fitted
from tests.support.hills import Hill, plain, quick

CONFIG = fitted(quick(), plain(), Hill())


def test_the_seed_says_what_is_drawn() -> None:
    """The same, or other weights."""
    one, again = initial_weights(CONFIG), initial_weights(CONFIG)
    other = initial_weights(fitted(quick(seed=1), plain(), Hill()))
    assert all(np.array_equal(one[name], again[name]) for name in one)
    assert not np.array_equal(one["critic/0/kernel"], other["critic/0/kernel"])
    assert {name: array.shape for name, array in one.items()} == CONFIG.variable_shapes


def test_an_untrained_actor_moves_little() -> None:
    """It begins near the identity, a tenth of the way to the middle."""
    z = plain().draw(200, 1)
    moved = Constraint(CONFIG, plain().scale).apply(z)
    away = np.linalg.norm(moved - z, axis=1) / np.linalg.norm(z, axis=1)
    assert 0 < away.mean() < 0.2
