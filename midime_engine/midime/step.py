"""The compiled update: a few epochs of training in one call, shared by all users.

Nothing here belongs to anyone: parameters, moments, chunks and noise come in as arguments and go
out as results, so that twelve people can train at once on one executable. Beta and learning rate
are arguments too, hence no reason to compile again. Compiled once for every network shape and
number of rows; see ``training`` for how rows are padded so that songs share an executable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keras import ops

from midime_engine.learning.executables import Executables
from midime_engine.learning.updates import several_updates
from midime_engine.midime.losses import vae_loss
from midime_engine.midime.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras

    from midime_engine.learning.adam import AdamState
    from midime_engine.midime.config import MidiMeConfig

__all__ = ["EPOCHS_PER_CALL", "Inputs", "several_epochs"]

EPOCHS_PER_CALL: Final = 10
"""Epochs in one compiled call: enough to hide the cost of a call (three quarters of the time at
one epoch per call), few enough for a chart that moves ten times in a default training."""

_EXECUTABLES: Final = Executables()


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
    shape = (
        config.input_size,
        config.latent_size,
        config.encoder_layers,
        config.decoder_layers,
        config.sigma_floor,
    )
    return _EXECUTABLES.of(shape, lambda: _build(config))


def _build(config: MidiMeConfig) -> Callable[..., Any]:
    network = Network(config)
    names = {id(variable): name for name, variable in network.named_variables().items()}
    positions = {name: i for i, name in enumerate(config.variable_shapes)}
    # Where Keras expects each of our parameters.
    order = [positions[names[id(variable)]] for variable in network.trainable_variables]

    def several_epochs(state: AdamState, inputs: Inputs) -> tuple[AdamState, keras.KerasTensor]:
        z, mask, noise, start, count, beta, learning_rate = inputs

        def loss(parameters: list[Any], done: Any) -> tuple[Any, Any]:
            ordered = [parameters[i] for i in order]
            epoch_noise = ops.take(noise, done, axis=0)  # [rows, latent_size]
            (z_hat, mu, sigma), _ = network.stateless_call(ordered, [], z, epoch_noise)
            terms = vae_loss(z, z_hat, mu, sigma, beta=beta, mask=mask)
            return terms.total, ops.stack(terms)  # [3]

        return several_updates(
            loss,
            state,
            start=start,
            count=count,
            at_most=EPOCHS_PER_CALL,
            n_terms=3,
            learning_rate=lambda _: learning_rate,
        )

    return several_epochs
