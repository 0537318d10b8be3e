"""The compiled update: a few steps of training in one call, shared by all users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import keras
from keras import ops

from midime_engine.learning.executables import Executables
from midime_engine.learning.updates import several_updates
from midime_engine.translation.config import WEIGHTS
from midime_engine.translation.losses import TERMS
from midime_engine.translation.objective import objective

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.learning.adam import AdamState
    from midime_engine.translation.batches import Batch
    from midime_engine.translation.config import TranslatorConfig

__all__ = ["STEPS_PER_CALL", "Inputs", "several_steps"]

STEPS_PER_CALL: Final = 5
"""Steps in one compiled call: their batches lie side by side in memory."""

_EXECUTABLES: Final = Executables()


class Inputs(NamedTuple):
    """All that an update needs besides the state: arrays, or tensors of the backend."""

    batches: Batch
    """``STEPS_PER_CALL`` of them on a first axis."""

    start: Any
    """Steps done before, int32 scalar."""

    count: Any
    """Steps to do now, at most ``STEPS_PER_CALL``, int32 scalar."""

    weights: Any
    """Of the terms, float32 ``[len(WEIGHTS)]``."""

    precision: tuple[Any, Any]
    """Of each side, float32 ``[size]``."""

    learning_rates: Any
    """Float32 ``[STEPS_PER_CALL]``."""


def several_steps(config: TranslatorConfig) -> Callable[..., Any]:
    """The compiled update for translators of this shape with these terms.

    It takes an :class:`~midime_engine.learning.adam.AdamState` in the order of
    ``config.variable_shapes`` and :class:`Inputs`, and returns the new state and the terms
    ``[STEPS_PER_CALL, len(TERMS)]``, each before the update of its step; rows from ``count`` on
    are zero.
    """
    return _EXECUTABLES.of(_shape_of(config), lambda: _build(config))


def _shape_of(config: TranslatorConfig) -> tuple[object, ...]:
    """What is compiled in: not the weights of terms, but which of them there are."""
    return (
        tuple(domain.size for domain in config.domains),
        config.latent_size,
        config.shared_size,
        config.layers,
        config.n_labels,
        config.emphasis,
        config.fixed_labels,
        config.sigma_floor,
        tuple(bool(getattr(config, name)) for name in WEIGHTS),
    )


def _build(config: TranslatorConfig) -> Callable[..., Any]:
    names = tuple(config.variable_shapes)

    def several_steps(state: AdamState, inputs: Inputs) -> tuple[AdamState, keras.KerasTensor]:
        batches, start, count, weights, precision, learning_rates = inputs

        def loss(parameters: list[Any], done: Any) -> tuple[Any, Any]:
            batch = keras.tree.map_structure(lambda rows: ops.take(rows, done, axis=0), batches)
            named = dict(zip(names, parameters, strict=True))
            return objective(named, batch, weights, precision, config)

        return several_updates(
            loss,
            state,
            start=start,
            count=count,
            at_most=STEPS_PER_CALL,
            n_terms=len(TERMS),
            learning_rate=lambda done: ops.take(learning_rates, done),
        )

    return several_steps
