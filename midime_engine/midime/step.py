"""The compiled update: a few epochs of training in one call, shared by all users.

Nothing here belongs to anyone: parameters, moments, chunks and noise come in as arguments and go
out as results, so that twelve people can train at once on one executable. Beta and learning rate
are arguments too, hence no reason to compile again. Compiled once for every network shape and
number of rows; see ``training`` for how rows are padded so that songs share an executable.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import keras
from keras import ops

from midime_engine.midime import adam
from midime_engine.midime.compiled import compile_function, gradients_of
from midime_engine.midime.losses import vae_loss
from midime_engine.midime.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.midime.config import MidiMeConfig

__all__ = ["EPOCHS_PER_CALL", "several_epochs"]

EPOCHS_PER_CALL: Final = 10
"""Epochs in one compiled call: enough to hide the cost of a call (three quarters of the time at
one epoch per call), few enough for a chart that moves ten times in a default training."""

# Executables of a few megabytes each; users of one server share one or two network shapes.
_MAX_NETWORKS: Final = 8

_cache: OrderedDict[tuple[object, ...], Callable[..., Any]] = OrderedDict()
_lock = threading.Lock()


def several_epochs(config: MidiMeConfig) -> Callable[..., Any]:
    """The compiled update for networks of this shape.

    It is called with:

    * ``state``: :class:`~midime_engine.midime.adam.AdamState`, in the order of
      ``config.variable_shapes``;
    * ``z`` ``[rows, input_size]`` and ``mask`` ``[rows]``, 1 for chunks and 0 for padding;
    * ``noise`` ``[EPOCHS_PER_CALL, rows, latent_size]``;
    * ``start``, the epochs done before, and ``count``, those to do now, at most
      ``EPOCHS_PER_CALL``: int32 scalars;
    * ``beta`` and ``learning_rate``: float32 scalars.

    It returns the new state and the losses ``[EPOCHS_PER_CALL, 3]`` (total, reconstruction, kl),
    each taken before the update of its epoch; rows from ``count`` on are zero.
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
        state: adam.AdamState,
        z: keras.KerasTensor,
        mask: keras.KerasTensor,
        noise: keras.KerasTensor,
        start: keras.KerasTensor,
        count: keras.KerasTensor,
        beta: keras.KerasTensor,
        learning_rate: keras.KerasTensor,
    ) -> tuple[adam.AdamState, keras.KerasTensor]:
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
