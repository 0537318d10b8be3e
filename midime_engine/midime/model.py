"""A MidiMe as its owner keeps it: a config and plain arrays.

Serving needs no Keras: a few small matrix products take less time in NumPy than a call into a
compiled graph, and the object can travel between processes and sessions. That the arithmetic is
that of the Keras network is a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.errors import CheckpointMismatchError
from midime_engine.latent.latents import Latents
from midime_engine.learning.layers import batch_of, dense, relu, softplus
from midime_engine.learning.trainable import Trainable, TrainingState, read_only
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.initial import initial_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

    Arrays = Mapping[str, FloatArray]

__all__ = ["MidiMe"]


class MidiMe(Trainable):
    """A small VAE over the ``z`` of a MusicVAE. It never draws noise unless asked to sample.

    Safe to read from several threads while one of them trains it.
    """

    def __init__(self, config: MidiMeConfig | None = None) -> None:
        """Make an untrained MidiMe; its weights follow from ``config.seed``."""
        self.config = config or MidiMeConfig()
        super().__init__(TrainingState(read_only(initial_weights(self.config))))

    @classmethod
    def from_weights(cls, config: MidiMeConfig, weights: Arrays) -> MidiMe:
        """Put kept weights back into a MidiMe; they are copied.

        Raises:
            CheckpointMismatchError: If a variable is missing, extra, of another shape, or not
                finite.
        """
        arrays = {name: np.array(array, dtype=np.float32) for name, array in weights.items()}
        expected = config.variable_shapes
        missing = sorted(expected.keys() - arrays.keys())
        extra = sorted(arrays.keys() - expected.keys())
        shared = sorted(expected.keys() & arrays.keys())
        reshaped = [name for name in shared if arrays[name].shape != expected[name]]
        broken = [name for name in shared if not np.isfinite(arrays[name]).all()]
        if missing or extra or reshaped or broken:
            raise CheckpointMismatchError(
                f"These weights are not those of this MidiMe: missing {missing}; unexpected "
                f"{extra}; other shape {reshaped}; not finite {broken}.",
                remedy="Use the config the MidiMe was trained with, or train it again.",
            )
        midime = cls.__new__(cls)
        midime.config = config
        midime.adopt(TrainingState(read_only({name: arrays[name] for name in expected})))
        return midime

    def encode(self, z: npt.ArrayLike) -> Latents:
        """Posterior of each vector: ``[n, input_size]`` to mu and sigma ``[n, latent_size]``.

        Raises:
            ValueError: If ``z`` has another shape.
        """
        weights = self.weights
        h = batch_of(z, self.config.input_size)
        for i in range(len(self.config.encoder_layers)):
            h = relu(dense(weights, h, f"encoder/hidden_{i}"))  # [n, encoder_layers[i]]
        mu = dense(weights, h, "encoder/mu")
        sigma = softplus(dense(weights, h, "encoder/sigma"))
        return Latents(mu, sigma + np.float32(self.config.sigma_floor))

    def decode(self, z_small: npt.ArrayLike) -> FloatArray:
        """Mean of the decoder: ``[n, latent_size]`` to float32 ``[n, input_size]``.

        Raises:
            ValueError: If ``z_small`` has another shape.
        """
        weights = self.weights
        h = batch_of(z_small, self.config.latent_size)
        for i in range(len(self.config.decoder_layers)):
            h = relu(dense(weights, h, f"decoder/hidden_{i}"))  # [n, decoder_layers[i]]
        return dense(weights, h, "decoder/output")

    def reconstruct(self, z: npt.ArrayLike) -> FloatArray:
        """Through the small space and back by way of the posterior mean, ``[n, input_size]``."""
        return self.decode(self.encode(z).mu)

    def sample(self, n: int, *, seed: int) -> FloatArray:
        """Draw from the prior, float32 ``[n, latent_size]``; the same seed, the same draws.

        A longer draw begins with the shorter one. Give the result to :meth:`decode`.
        """
        rng = np.random.default_rng(seed)
        return rng.standard_normal([n, self.config.latent_size], dtype=np.float32)
