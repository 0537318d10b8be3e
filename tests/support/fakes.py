"""Models that need no network: small, quick, and simple enough to predict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.musicvae.config import MusicVAEConfig
from midime_engine.musicvae.starting import standard_normal

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["PerfectModel", "PlaneSpace"]


class PerfectModel:
    """A model whose ``z`` simply is the window, so that it forgets nothing.

    ``z`` is ``[n, n_steps * parts]``. With a temperature, random steps become silence.
    """

    def __init__(self, *, n_steps: int = 32, parts: tuple[str, ...] = ("melody",)) -> None:
        """A model of ``parts`` with windows of ``n_steps``."""
        self.config = MusicVAEConfig(
            name="perfect",
            parts=parts,  # type: ignore[arg-type]
            n_steps=n_steps,
            z_size=n_steps * len(parts),
        )
        self.device = "CPU"
        self.n_encoded = 0

    def encode_tokens(self, tokens: IntArray) -> Latents:
        """Lay each window out as a vector."""
        self.n_encoded += len(tokens)
        mu = np.asarray(tokens, np.float32).reshape(len(tokens), -1)
        return Latents(mu, np.ones_like(mu))

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> IntArray:
        """Read the window off the vector."""
        config = self.config
        tokens = np.clip(np.rint(z), 0, 89).astype(np.int32)
        if temperature is not None:
            alone = [(each, 0) for each in seed] if isinstance(seed, Sequence) else None
            for row, stream in enumerate(alone or [(seed, row) for row in range(len(z))]):
                dice = np.random.default_rng(stream).random(tokens.shape[1])
                tokens[row, dice < temperature / 4] = 0
        return tokens.reshape(len(z), config.n_steps, len(config.parts))

    def starts(self, n: int, *, seed: int = 0) -> FloatArray:
        """Points of the prior."""
        return standard_normal(n, self.config.z_size, seed=seed)


class PlaneSpace:
    """A personal space through given points: ``z = mean + z_small @ axes``."""

    def __init__(self, z: FloatArray, *, latent_size: int = 2) -> None:
        """Put the first ``latent_size`` directions of ``z`` into the space."""
        self._mean = z.mean(axis=0)
        self._axes = np.linalg.svd(z - self._mean, full_matrices=False)[2][:latent_size]
        self._scale = max(1.0, float(np.std((z - self._mean) @ self._axes.T)))

    def encode(self, z: FloatArray) -> Latents:
        """Where ``z`` falls on the plane."""
        mu = ((z - self._mean) @ self._axes.T / self._scale).astype(np.float32)
        return Latents(mu, np.ones_like(mu))

    def decode(self, z_small: FloatArray) -> FloatArray:
        """Back into the large space."""
        z: FloatArray = (self._mean + z_small @ self._axes * self._scale).astype(np.float32)
        return z

    def sample(self, n: int, *, seed: int) -> FloatArray:
        """Draw from the prior."""
        rng = np.random.default_rng(seed)
        return rng.standard_normal((n, len(self._axes)), np.float32)
