"""A posterior over latent vectors, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]

__all__ = ["Latents"]

_RANK = 2


@dataclass(frozen=True, slots=True, eq=False)
class Latents:
    """Diagonal Gaussians over ``z``, one for each of ``n`` windows of music.

    Compared by identity: arrays have no single truth value.
    """

    mu: FloatArray
    """Means, float32 ``[n, z_size]``."""

    sigma: FloatArray
    """Standard deviations (not log-variances), same shape, never negative.

    Zero is accepted: softplus underflows in float32, and a posterior that is sure is no mistake.
    """

    def __post_init__(self) -> None:
        """Take anything array-like, keep float32, and check shapes and signs.

        Raises:
            ValueError: If the shapes differ or are not ``[n, z_size]``, or a sigma is negative.
        """
        object.__setattr__(self, "mu", np.asarray(self.mu, dtype=np.float32))
        object.__setattr__(self, "sigma", np.asarray(self.sigma, dtype=np.float32))
        if self.mu.ndim != _RANK or self.mu.shape != self.sigma.shape:
            shapes = f"{self.mu.shape} and {self.sigma.shape}"
            raise ValueError(f"mu and sigma must both be [n, z_size]; got {shapes}.")
        if np.any(self.sigma < 0):
            raise ValueError(f"sigma must not be negative; its minimum is {self.sigma.min():.3g}.")

    def __len__(self) -> int:
        """Number of windows, ``n``."""
        return int(self.mu.shape[0])

    @property
    def z_size(self) -> int:
        """Numbers per latent vector."""
        return int(self.mu.shape[1])

    def kl(self) -> FloatArray:
        """Divergence of each posterior from the prior, in nats per dimension, ``[n, z_size]``.

        ``KL(N(mu, sigma²) ‖ N(0, 1))``; the divergence of a window is the sum of its row. It is
        finite also where sigma has underflowed to zero.
        """
        sigma = np.maximum(self.sigma, np.finfo(np.float32).tiny)
        return np.asarray((self.mu**2 + sigma**2 - 1.0) / 2.0 - np.log(sigma), np.float32)

    def sample(self, rng: np.random.Generator) -> FloatArray:
        """Draw one ``z`` per window, float32 ``[n, z_size]``."""
        noise = rng.standard_normal(self.mu.shape, dtype=np.float32)
        return self.mu + self.sigma * noise
