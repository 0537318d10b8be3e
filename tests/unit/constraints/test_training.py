"""Training on a space whose rules are known."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from midime_engine.constraints.training import fitted, new_constraint, training_steps
from tests.support.hills import ConditionalHill, Hill, plain, quick


def _trained(judge, **changes):
    space = plain()
    constraint = new_constraint(quick(**changes), space, judge)
    return space, constraint, list(training_steps(constraint, space, judge))


def test_the_actor_learns_to_climb_and_leaves_the_rest() -> None:
    """Nearly all places end where the wish is kept; the other numbers hardly move."""
    judge = Hill()
    space, constraint, _ = _trained(judge)
    z = space.draw(500, 99)
    moved = constraint.apply(z)
    assert (z[:, 0] >= 1).mean() < 0.25
    assert (moved[:, 0] >= 1).mean() > 0.9
    assert np.abs(moved - z)[:, 1:].mean() < 0.4 * np.abs(moved - z)[:, 0].mean()


def test_two_wishes_are_kept_at_once() -> None:
    """One upwards, one downwards."""
    space, constraint, steps = _trained(Hill(0.5, n_wishes=2))
    moved = constraint.apply(space.draw(500, 99))
    assert ((moved[:, 0] >= 0.5) & (moved[:, 1] <= -0.5)).mean() > 0.85
    assert len(steps[-1].satisfied) == 2


def test_one_actor_answers_what_it_is_asked_for() -> None:
    """The same places go where the condition says."""
    space, constraint, _ = _trained(ConditionalHill(), iterations=120)
    z = space.draw(300, 99)
    for wished in (-1.0, 0.0, 1.0):
        assert (np.abs(constraint.apply(z, [wished])[:, 0] - wished) <= 0.5).mean() > 0.8


def test_the_seed_says_what_is_learnt() -> None:
    """Every step and every weight."""
    one, two = (_trained(Hill(), iterations=5) for _ in range(2))
    assert one[2] == two[2]
    for name, array in one[1].weights.items():
        assert np.array_equal(array, two[1].weights[name])


def test_steps_count_what_was_heard_and_carry_plain_numbers() -> None:
    """First the places where one starts, then the actor's own every ten iterations."""
    judge = Hill()
    _, _, steps = _trained(judge, iterations=21)
    assert [step.n_heard for step in steps if not step.iteration] == [512, 600]
    assert [step.iteration for step in steps[2:]] == list(range(1, 22))
    assert steps[-1].n_heard == judge.n_heard == 600 + 2 * 100
    assert steps[0].critic_loss is None
    assert all(type(value) is float for value in (steps[-1].critic_loss, steps[-1].moved))


def test_who_stops_keeps_what_was_learnt_so_far() -> None:
    """The constraint is that of the last step."""
    space, judge = plain(), Hill()
    constraint = new_constraint(quick(), space, judge)
    before = constraint.apply(space.draw(5, 0))
    list(islice(training_steps(constraint, space, judge), 12))
    assert not np.array_equal(constraint.apply(space.draw(5, 0)), before)


def test_a_constraint_of_other_sizes_is_refused_at_once() -> None:
    """Before a step is asked for."""
    space = plain()
    constraint = new_constraint(quick(), space, Hill())
    with pytest.raises(ValueError, match="not made for"):
        training_steps(constraint, space, Hill(n_wishes=2))


def test_sizes_are_those_of_space_and_judge() -> None:
    """Whatever the config says."""
    config = fitted(quick(z_size=99, n_coordinates=9), plain(), ConditionalHill())
    sizes = (config.z_size, config.n_coordinates, config.n_wishes, config.condition_size)
    assert sizes == (6, 5, 1, 1)
