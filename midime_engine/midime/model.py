"""A MidiMe as its owner keeps it: a config and plain arrays.

Serving needs no Keras: a few small matrix products take less time in NumPy than a call into a
compiled graph, and the object can travel between processes and sessions. That the arithmetic is
that of the Keras network is a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.errors import CheckpointMismatchError
from midime_engine.latent.latents import Latents
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.initial import initial_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]
    Arrays = Mapping[str, FloatArray]

__all__ = ["MidiMe", "TrainingState"]

_RANK = 2


@dataclass(frozen=True, slots=True, eq=False)
class TrainingState:
    """Everything that training changes; enough to go on exactly where it stopped."""

    weights: Arrays
    """Variable name to float32 array, in the order of ``MidiMeConfig.variable_shapes``."""

    first: Arrays | None = None
    """Adam's running means of the gradients; None before the first epoch."""

    second: Arrays | None = None
    """Adam's running means of the squared gradients; None before the first epoch."""

    epochs: int = 0
    """Epochs done with these moments."""


class MidiMe:
    """A small VAE over the ``z`` of a MusicVAE. It never draws noise unless asked to sample.

    Safe to read from several threads while one of them trains it.
    """

    def __init__(self, config: MidiMeConfig | None = None) -> None:
        """Make an untrained MidiMe; its weights follow from ``config.seed``."""
        self.config = config or MidiMeConfig()
        self._state: TrainingState | Callable[[], TrainingState] = TrainingState(
            _read_only(initial_weights(self.config))
        )

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
        midime.adopt(TrainingState(_read_only({name: arrays[name] for name in expected})))
        return midime

    @property
    def state(self) -> TrainingState:
        """Weights and moments after the last epoch that its trainer was told about."""
        state = self._state
        if not isinstance(state, TrainingState):
            state = self._state = state()
        return state

    def adopt(self, state: TrainingState | Callable[[], TrainingState]) -> None:
        """Replace all that training changes, at once; a function is called when first needed."""
        self._state = state

    @property
    def weights(self) -> Arrays:
        """Variable name to read-only float32 array, as ``config.variable_shapes`` orders them."""
        return self.state.weights

    def encode(self, z: npt.ArrayLike) -> Latents:
        """Posterior of each vector: ``[n, input_size]`` to mu and sigma ``[n, latent_size]``.

        Raises:
            ValueError: If ``z`` has another shape.
        """
        weights = self.weights
        h = _batch(z, self.config.input_size)
        for i in range(len(self.config.encoder_layers)):
            h = _relu(_dense(h, weights, f"encoder/hidden_{i}"))  # [n, encoder_layers[i]]
        mu = _dense(h, weights, "encoder/mu")
        sigma = np.logaddexp(np.float32(0), _dense(h, weights, "encoder/sigma"))  # softplus
        return Latents(mu, sigma + np.float32(self.config.sigma_floor))

    def decode(self, z_small: npt.ArrayLike) -> FloatArray:
        """Mean of the decoder: ``[n, latent_size]`` to float32 ``[n, input_size]``.

        Raises:
            ValueError: If ``z_small`` has another shape.
        """
        weights = self.weights
        h = _batch(z_small, self.config.latent_size)
        for i in range(len(self.config.decoder_layers)):
            h = _relu(_dense(h, weights, f"decoder/hidden_{i}"))  # [n, decoder_layers[i]]
        return _dense(h, weights, "decoder/output")

    def reconstruct(self, z: npt.ArrayLike) -> FloatArray:
        """Through the small space and back by way of the posterior mean, ``[n, input_size]``."""
        return self.decode(self.encode(z).mu)

    def sample(self, n: int, *, seed: int) -> FloatArray:
        """Draw from the prior, float32 ``[n, latent_size]``; the same seed, the same draws.

        A longer draw begins with the shorter one. Give the result to :meth:`decode`.
        """
        rng = np.random.default_rng(seed)
        return rng.standard_normal([n, self.config.latent_size], dtype=np.float32)


def _batch(values: npt.ArrayLike, size: int) -> FloatArray:
    batch = np.asarray(values, dtype=np.float32)
    if batch.ndim != _RANK or batch.shape[1] != size:
        raise ValueError(f"Expected vectors [n, {size}]; got shape {batch.shape}.")
    return batch


def _dense(h: FloatArray, weights: Arrays, name: str) -> FloatArray:
    product: FloatArray = h @ weights[f"{name}/kernel"]
    product += weights[f"{name}/bias"]
    return product


def _relu(h: FloatArray) -> FloatArray:
    positive: FloatArray = np.maximum(h, 0, out=h)
    return positive


def _read_only(arrays: dict[str, FloatArray]) -> Arrays:
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(arrays)
