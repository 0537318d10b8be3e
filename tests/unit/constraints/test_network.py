"""The networks as functions of tensors."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.constraints.initial import initial_weights
from midime_engine.constraints.model import Constraint
from midime_engine.constraints.network import act, input_slopes, perceive
from midime_engine.constraints.training import fitted
from midime_engine.learning.compiled import gradients_of
from tests.support.hills import ConditionalHill, Hill, plain, quick

RNG = np.random.default_rng(2)


def test_the_slopes_written_out_are_those_that_the_backend_finds() -> None:
    """For two hidden layers."""
    config = fitted(quick(realism_layers=(9, 8)), plain(), Hill())
    weights = initial_weights(config)
    parameters = [array for name, array in weights.items() if name.startswith("realism/")]
    x = RNG.standard_normal((5, 5)).astype(np.float32)

    def total(inputs):
        result = ops.sum(perceive(parameters, inputs[0]))
        return result, ops.reshape(result, [1])

    (found,), _ = gradients_of(total, [ops.convert_to_tensor(x)])
    ours = np.asarray(input_slopes([ops.convert_to_tensor(p) for p in parameters], x))
    assert ours == pytest.approx(np.asarray(found), abs=1e-5)


def test_the_actor_is_the_one_that_is_served() -> None:
    """Keras and NumPy move places alike, under conditions too."""
    space = plain()
    config = fitted(quick(), space, ConditionalHill())
    constraint = Constraint(config, space.scale)
    z = space.draw(6, 0)
    conditions = RNG.standard_normal((6, 1)).astype(np.float32)
    parameters = [a for name, a in constraint.weights.items() if name.startswith("actor/")]
    moved = np.asarray(act(parameters, constraint.coordinates.of_z(z), conditions))
    ours = constraint.coordinates.of_z(constraint.apply(z, conditions))
    assert ours == pytest.approx(moved, abs=1e-5)
