"""Changing one piece as little as its rules allow."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.constraints.editing import edit
from midime_engine.constraints.training import new_constraint, training_steps
from tests.support.hills import Hill, plain, quick


@pytest.fixture(scope="module")
def trained():
    """A constraint that climbs."""
    space, judge = plain(), Hill()
    constraint = new_constraint(quick(), space, judge)
    for _ in training_steps(constraint, space, judge):
        pass
    return space, judge, constraint


def test_what_keeps_the_rules_stays_as_it_is(trained) -> None:
    """There is no nearer place than itself."""
    _, judge, constraint = trained
    z = np.float32([[1.5, 0, 0, 0, 0, 0]])
    found = edit(z, constraint, judge)
    assert np.array_equal(found.z, z)
    assert found.satisfied.tolist() == [True]
    assert found.distance.tolist() == [0.0]


def test_the_search_ends_nearer_than_the_actor_and_keeps_the_rules(trained) -> None:
    """For nearly all places, and never farther away."""
    space, judge, constraint = trained
    z = space.draw(40, 7)
    found = edit(z, constraint, judge)
    actor = np.linalg.norm(constraint.apply(z) - z, axis=1)
    assert found.satisfied.mean() > 0.95
    assert np.all(found.z[found.satisfied, 0] >= 1)
    kept = found.satisfied & (constraint.apply(z)[:, 0] >= 1)
    assert np.all(found.distance[kept] <= actor[kept] + 1e-5)
    assert found.distance[kept].mean() < 0.9 * actor[kept].mean()


def test_where_nothing_keeps_the_rules_the_nearest_to_it_is_said_to_fail(trained) -> None:
    """A wish out of reach."""
    space, _, constraint = trained
    found = edit(space.draw(3, 7), constraint, Hill(height=50.0), steps=5)
    assert not found.satisfied.any()
