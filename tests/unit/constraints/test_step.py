"""The compiled iteration."""

from __future__ import annotations

import numpy as np

from midime_engine.constraints import step
from midime_engine.constraints.training import fitted
from tests.support.hills import Hill, plain, quick


def test_networks_of_the_same_sizes_share_one_executable() -> None:
    """Whatever their settings are."""
    space, judge = plain(), Hill()
    one = step.one_iteration(fitted(quick(distance=0.1), space, judge))
    assert step.one_iteration(fitted(quick(seed=5, realism=0.5), space, judge)) is one
    assert step.one_iteration(fitted(quick(layers=(31,)), space, judge)) is not one


def test_an_iteration_updates_each_network_in_the_time_that_it_is_given() -> None:
    """Six of the critic, two of realism, two of the actor."""
    assert (step.CRITIC_STEPS, step.REALISM_STEPS, step.ACTOR_STEPS) == (6, 2, 2)
    assert np.sum([step.CRITIC_STEPS, step.REALISM_STEPS, step.ACTOR_STEPS]) == 10
