"""Several updates by Adam in one call, as a pure function of tensors, to be compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.learning import adam
from midime_engine.learning.compiled import gradients_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["several_updates"]


def several_updates(
    loss: Callable[[list[Any], Any], tuple[Any, Any]],
    state: adam.AdamState,
    *,
    start: Any,
    count: Any,
    at_most: int,
    n_terms: int,
    learning_rate: Callable[[Any], Any],
) -> tuple[adam.AdamState, keras.KerasTensor]:
    """Train on by ``count`` updates.

    Args:
        loss: From the parameters and the number of the update within this call, from 0, to what
            is minimised and the terms to be told of it, ``[n_terms]``.
        state: Where parameters and moments stand.
        start: Updates done before this call, int32 scalar.
        count: Updates to do now, int32 scalar.
        at_most: The largest count.
        n_terms: How many numbers are told of an update.
        learning_rate: From the number of the update within this call to the step size of Adam.

    Returns:
        The new state, and the terms ``[at_most, n_terms]``, each taken before its update; rows
        from ``count`` on are zero.
    """

    def one_update(
        done: keras.KerasTensor, state: adam.AdamState, history: keras.KerasTensor
    ) -> tuple[keras.KerasTensor, adam.AdamState, keras.KerasTensor]:
        gradients, terms = gradients_of(
            lambda parameters: loss(parameters, done), list(state.parameters)
        )
        time = ops.cast(start + done + 1, "float32")
        state = adam.update(state, gradients, time=time, learning_rate=learning_rate(done))
        is_now = ops.arange(at_most, dtype="int32")[:, None] == done
        return done + 1, state, ops.where(is_now, terms, history)

    _, state, history = ops.while_loop(
        lambda done, *_: done < count,
        one_update,
        (ops.zeros([], "int32"), state, ops.zeros([at_most, n_terms])),
    )
    return state, history
