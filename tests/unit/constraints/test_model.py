"""A constraint and what it does to ``z``."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.constraints.model import Constraint
from midime_engine.constraints.training import fitted
from midime_engine.errors import CheckpointMismatchError
from tests.support.hills import ConditionalHill, Hill, plain, quick

SPACE = plain()
CONFIG = fitted(quick(), SPACE, Hill())


def test_strength_goes_straight_from_nothing_to_all_the_way() -> None:
    """Half of it is half-way."""
    constraint = Constraint(CONFIG, SPACE.scale)
    z = SPACE.draw(5, 0)
    none, half, whole = (constraint.apply(z, strength=s) for s in (0.0, 0.5, 1.0))
    assert none == pytest.approx(z, abs=1e-6)
    assert half == pytest.approx((none + whole) / 2, abs=1e-5)


def test_what_says_nothing_is_not_moved() -> None:
    """The last dimension of this space."""
    z = SPACE.draw(5, 0)
    assert np.array_equal(Constraint(CONFIG, SPACE.scale).apply(z)[:, -1], z[:, -1])


def test_one_condition_serves_all_rows() -> None:
    """As if it were given for each."""
    constraint = Constraint(fitted(quick(), SPACE, ConditionalHill()), SPACE.scale)
    z = SPACE.draw(3, 0)
    assert np.array_equal(constraint.apply(z, [0.5]), constraint.apply(z, [[0.5]] * 3))
    with pytest.raises(ValueError, match="conditions must be"):
        constraint.apply(z)


def test_critics_answer_in_shares() -> None:
    """For each wish, and one for realism."""
    constraint = Constraint(CONFIG, SPACE.scale)
    z = SPACE.draw(7, 0)
    assert constraint.likely(z).shape == (7, 1)
    assert constraint.realism(z).shape == (7,)
    assert np.all((constraint.likely(z) > 0) & (constraint.likely(z) < 1))


@pytest.mark.parametrize("z", [np.zeros(6), np.zeros((2, 5))])
def test_places_of_another_shape_are_refused(z) -> None:
    """With the shape that is meant."""
    with pytest.raises(ValueError, match=r"\[n, 6\]"):
        Constraint(CONFIG, SPACE.scale).apply(z)


def test_weights_that_do_not_fit_are_refused() -> None:
    """Missing ones, and some that are not finite."""
    weights = dict(Constraint(CONFIG, SPACE.scale).weights)
    broken = {**weights, "actor/0/bias": np.full(32, np.nan, np.float32)}
    del weights["critic/0/bias"]
    for wrong in (weights, broken):
        with pytest.raises(CheckpointMismatchError):
            Constraint(CONFIG, SPACE.scale, wrong)
    with pytest.raises(CheckpointMismatchError):
        Constraint(CONFIG, np.ones(6, np.float32))
