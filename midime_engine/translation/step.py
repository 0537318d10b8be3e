"""The compiled update: a few steps of training in one call, shared by all users."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import keras
from keras import ops

from midime_engine.learning import adam
from midime_engine.learning.compiled import compile_function, gradients_of
from midime_engine.translation.config import WEIGHTS
from midime_engine.translation.losses import TERMS
from midime_engine.translation.objective import objective

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.translation.batches import Batch
    from midime_engine.translation.config import TranslatorConfig

__all__ = ["STEPS_PER_CALL", "Inputs", "several_steps"]

STEPS_PER_CALL: Final = 5
"""Steps in one compiled call: their batches lie side by side in memory."""

_MAX_NETWORKS: Final = 8

_cache: OrderedDict[tuple[object, ...], Callable[..., Any]] = OrderedDict()
_lock = threading.Lock()


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
    key = _shape_of(config)
    with _lock:
        if key not in _cache:
            _cache[key] = compile_function(_build(config))
            while len(_cache) > _MAX_NETWORKS:
                _cache.popitem(last=False)
        _cache.move_to_end(key)
        return _cache[key]


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

    def several_steps(
        state: adam.AdamState, inputs: Inputs
    ) -> tuple[adam.AdamState, keras.KerasTensor]:
        batches, start, count, weights, precision, learning_rates = inputs

        def one_step(
            done: keras.KerasTensor, state: adam.AdamState, history: keras.KerasTensor
        ) -> tuple[keras.KerasTensor, adam.AdamState, keras.KerasTensor]:
            batch = keras.tree.map_structure(lambda rows: ops.take(rows, done, axis=0), batches)

            def loss(parameters: list[Any]) -> tuple[Any, Any]:
                named = dict(zip(names, parameters, strict=True))
                return objective(named, batch, weights, precision, config)

            gradients, terms = gradients_of(loss, list(state.parameters))
            state = adam.update(
                state,
                gradients,
                time=ops.cast(start + done + 1, "float32"),
                learning_rate=ops.take(learning_rates, done),
            )
            is_now = ops.arange(STEPS_PER_CALL, dtype="int32")[:, None] == done
            return done + 1, state, ops.where(is_now, terms, history)

        _, state, history = ops.while_loop(
            lambda done, *_: done < count,
            one_step,
            (ops.zeros([], "int32"), state, ops.zeros([STEPS_PER_CALL, len(TERMS)])),
        )
        return state, history

    return several_steps
