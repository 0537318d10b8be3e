"""A translator as its owner keeps it: a config and plain arrays, served without Keras.

That the arithmetic is that of the network is a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.errors import CheckpointMismatchError
from midime_engine.latent.latents import Latents
from midime_engine.latent.logistic import logistic
from midime_engine.learning.layers import batch_of, dense, relu, softplus
from midime_engine.learning.trainable import Trainable, TrainingState, read_only
from midime_engine.translation.config import SIDES, TranslatorConfig
from midime_engine.translation.initial import initial_weights, straight_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray
    from midime_engine.translation.pairs import Pairs

    Arrays = Mapping[str, FloatArray]

__all__ = ["Translator"]


class Translator(Trainable):
    """A VAE over the vectors of two models. Side 0 and side 1 are ``config.domains``.

    Safe to read from several threads while one of them trains it.
    """

    def __init__(self, config: TranslatorConfig) -> None:
        """Make an untrained translator; its weights follow from ``config.seed``."""
        self.config = config
        super().__init__(TrainingState(read_only(initial_weights(config))))

    @classmethod
    def starting(cls, config: TranslatorConfig, pairs: Pairs) -> Translator:
        """Make an untrained translator that lets the principal components of ``pairs`` through.

        See :func:`~midime_engine.translation.initial.straight_weights`.
        """
        pairs.require_fit(config)
        return cls.from_weights(config, straight_weights(config, pairs))

    @classmethod
    def from_weights(cls, config: TranslatorConfig, weights: Arrays) -> Translator:
        """Put kept weights back into a translator; they are copied.

        Raises:
            CheckpointMismatchError: If a variable is missing, extra, of another shape, or not
                finite.
        """
        arrays = {name: np.array(array, dtype=np.float32) for name, array in weights.items()}
        expected = config.variable_shapes
        wrong = sorted(arrays.keys() ^ expected.keys())
        shared = expected.keys() & arrays.keys()
        wrong += sorted(name for name in shared if arrays[name].shape != expected[name])
        wrong += sorted(name for name in shared if not np.isfinite(arrays[name]).all())
        if wrong:
            raise CheckpointMismatchError(
                f"These weights are not those of this translator: {', '.join(wrong[:5])} "
                "missing, unexpected, misshapen or not finite.",
                remedy="Use the config the translator was trained with, or train it again.",
            )
        translator = cls.__new__(cls)
        translator.config = config
        translator.adopt(TrainingState(read_only({name: arrays[name] for name in expected})))
        return translator

    def encode(self, x: npt.ArrayLike, side: int) -> Latents:
        """Vectors of a side ``[n, size]`` to the posterior of ``z'``, ``[n, latent_size]``.

        Raises:
            ValueError: If ``x`` has another shape.
        """
        weights, name = self.weights, SIDES[side]
        x = batch_of(x, self.config.domains[side].size)
        h = self._trunk(x, "encoder", name)
        mu = _gated(weights, h, x, "encoder/mu", f"encoder/{name}/mu_skip")
        sigma = _gated(weights, h, x, "encoder/sigma", f"encoder/{name}/sigma_skip")
        return Latents(mu, softplus(sigma) + np.float32(self.config.sigma_floor))

    def decode(self, z_small: npt.ArrayLike, side: int) -> FloatArray:
        """``z'`` ``[n, latent_size]`` to vectors of a side, ``[n, size]``.

        Raises:
            ValueError: If ``z_small`` has another shape.
        """
        name = SIDES[side]
        z = batch_of(z_small, self.config.latent_size)
        h = self._trunk(z, "decoder", name)
        return _gated(self.weights, h, z, f"decoder/{name}/head", f"decoder/{name}/skip")

    def sample(self, n: int, *, seed: int) -> FloatArray:
        """Draw from the prior of ``z'``, float32 ``[n, latent_size]``; a longer draw begins so."""
        rng = np.random.default_rng(seed)
        return rng.standard_normal([n, self.config.latent_size], dtype=np.float32)

    def attributes(self, z_small: npt.ArrayLike) -> FloatArray:
        """What the linear map hears in ``z'``: attributes in 0..1, ``[n, n_labels]``."""
        if not self.config.n_labels:
            return np.zeros([len(np.asarray(z_small)), 0], np.float32)
        z = batch_of(z_small, self.config.latent_size)[:, : self.config.shared_size]
        return logistic(dense(self.weights, z, "labels"))

    def _trunk(self, x: FloatArray, half: str, side: str) -> FloatArray:
        weights = self.weights
        h = relu(dense(weights, x, f"{half}/{side}/first"))
        for i in range(len(self.config.layers) - 1):
            h = relu(dense(weights, h, f"{half}/hidden_{i}"))  # [n, layers[i + 1]]
        return h


def _gated(weights: Arrays, h: FloatArray, x: FloatArray, head: str, skip: str) -> FloatArray:
    dz, logits = np.split(dense(weights, h, head), 2, axis=1)
    gate = logistic(logits)
    return np.asarray((1 - gate) * dense(weights, x, skip) + gate * dz, np.float32)
