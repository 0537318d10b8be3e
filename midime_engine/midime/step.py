"""The compiled update: a few epochs of training in one call, shared by all users.

Nothing here belongs to anyone: parameters, moments, chunks and noise come in as arguments and go
out as results, so that twelve people can train at once on one executable. Beta and learning rate
are arguments too, hence no reason to compile again. Compiled once for every network shape and
number of rows; see ``training`` for how rows are padded so that songs share an executable.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import keras
from keras import ops

from midime_engine.learning import adam
from midime_engine.learning.compiled import compile_function, gradients_of
from midime_engine.midime.losses import vae_loss
from midime_engine.midime.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.midime.config import MidiMeConfig

__all__ = ["EPOCHS_PER_CALL", "Inputs", "several_epochs"]

EPOCHS_PER_CALL: Final = 10
"""Epochs in one compiled call: enough to hide the cost of a call (three quarters of the time at
one epoch per call), few enough for a chart that moves ten times in a default training."""

# Executables of a few megabytes each; users of one server share one or two network shapes.
_MAX_NETWORKS: Final = 8

_cache: OrderedDict[tuple[object, ...], Callable[..., Any]] = OrderedDict()
_lock = threading.Lock()


class Inputs(NamedTuple):
    """All that an update needs besides the state: arrays, or tensors of the backend."""

    z: Any
    """Chunks and padding, float32 ``[rows, input_size]``."""

    mask: Any
    """1 for a chunk, 0 for padding, float32 ``[rows]``."""

    noise: Any
    """Standard normal, float32 ``[EPOCHS_PER_CALL, rows, latent_size]``."""

    start: Any
    """Epochs done before, int32 scalar."""

    count: Any
    """Epochs to do now, at most ``EPOCHS_PER_CALL``, int32 scalar."""

    beta: Any
    """Weight of the KL term, float32 scalar."""

    learning_rate: Any
    """Float32 scalar."""


def several_epochs(config: MidiMeConfig) -> Callable[..., Any]:
    """The compiled update for networks of this shape.

    It takes an :class:`~midime_engine.learning.adam.AdamState` in the order of
    ``config.variable_shapes`` and :class:`Inputs`, and returns the new state and the losses
    ``[EPOCHS_PER_CALL, 3]`` (total, reconstruction, kl), each taken before the update of its
    epoch; rows from ``count`` on are zero.
    """
    key = (
        config.input_size,
        config.latent_size,
        config.encoder_layers,
        config.decoder_layers,
        config.sigma_floor,
    )
    with _lock:
        if key not in _cache:
            _cache[key] = compile_function(_build(config))
            while len(_cache) > _MAX_NETWORKS:
                _cache.popitem(last=False)
        _cache.move_to_end(key)
        return _cache[key]


def _build(config: MidiMeConfig) -> Callable[..., Any]:
    network = Network(config)
    names = {id(variable): name for name, variable in network.named_variables().items()}
    positions = {name: i for i, name in enumerate(config.variable_shapes)}
    # Where Keras expects each of our parameters.
    order = [positions[names[id(variable)]] for variable in network.trainable_variables]

    def several_epochs(
        state: adam.AdamState, inputs: Inputs
    ) -> tuple[adam.AdamState, keras.KerasTensor]:
        z, mask, noise, start, count, beta, learning_rate = inputs

        def one_epoch(
            done: keras.KerasTensor, state: adam.AdamState, history: keras.KerasTensor
        ) -> tuple[keras.KerasTensor, adam.AdamState, keras.KerasTensor]:
            epoch_noise = ops.take(noise, done, axis=0)  # [rows, latent_size]

            def loss(parameters: list[Any]) -> tuple[Any, Any]:
                ordered = [parameters[i] for i in order]
                (z_hat, mu, sigma), _ = network.stateless_call(ordered, [], z, epoch_noise)
                terms = vae_loss(z, z_hat, mu, sigma, beta=beta, mask=mask)
                return terms.total, ops.stack(terms)  # [3]

            gradients, terms = gradients_of(loss, list(state.parameters))
            time = ops.cast(start + done + 1, "float32")
            state = adam.update(state, gradients, time=time, learning_rate=learning_rate)
            is_now = ops.arange(EPOCHS_PER_CALL, dtype="int32")[:, None] == done
            return done + 1, state, ops.where(is_now, terms, history)

        _, state, history = ops.while_loop(
            lambda done, *_: done < count,
            one_epoch,
            (ops.zeros([], "int32"), state, ops.zeros([EPOCHS_PER_CALL, 3])),
        )
        return state, history

    return several_epochs
