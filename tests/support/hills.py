"""A latent space whose rules are known: every wish is that one number of ``z`` is above another."""

from __future__ import annotations

import numpy as np

from midime_engine.constraints.config import ConstraintConfig
from midime_engine.constraints.judge import Verdict
from midime_engine.constraints.space import Space
from midime_engine.latent.latents import Latents

__all__ = ["ConditionalHill", "Hill", "plain", "quick"]

Z_SIZE = 6


class Hill:
    """``z[:, 0]`` at least ``height``; of two wishes, ``z[:, 1]`` at most the negative."""

    condition_size = 0

    def __init__(self, height: float = 1.0, *, n_wishes: int = 1) -> None:
        """One wish or two."""
        self.height = height
        self.weights = np.full(n_wishes, 1 / n_wishes, np.float32)
        self.n_heard = 0

    def hear(self, z, *, seed):
        """The numbers themselves, the second with its sign turned."""
        del seed
        self.n_heard += len(z)
        return (z[:, : len(self.weights)] * [1, -1][: len(self.weights)]).astype(np.float32)

    def judge(self, heard, conditions):
        """High enough, or how nearly."""
        del conditions
        kept = heard >= self.height
        rewards = np.where(kept, 1.0, np.clip(1 - (self.height - heard) / 6, 0, 0.99))
        return Verdict(rewards.astype(np.float32), kept)

    def conditions(self, n, rng):
        """None."""
        del rng
        return np.zeros((n, 0), np.float32)


class ConditionalHill(Hill):
    """``z[:, 0]`` shall be within a half of the condition."""

    condition_size = 1

    def judge(self, heard, conditions):
        """Near enough to what is wished."""
        away = np.abs(heard - conditions)
        return Verdict(np.clip(1 - away / 6, 0, 1).astype(np.float32), away <= 0.5)

    def conditions(self, n, rng):
        """Anywhere from -1.5 to 1.5."""
        return rng.uniform(-1.5, 1.5, (n, 1)).astype(np.float32)


def plain() -> Space:
    """Standard normal places; the last number says nothing, the others are fine to a fifth."""
    rng = np.random.default_rng(0)
    sigma = np.full((300, Z_SIZE), 0.2, np.float32)
    sigma[:, -1] = 1.0
    mu = rng.standard_normal((300, Z_SIZE)).astype(np.float32)
    return Space(
        Latents(mu, sigma),
        lambda n, seed: np.random.default_rng([seed, 5]).standard_normal((n, Z_SIZE), np.float32),
    )


def quick(**changes) -> ConstraintConfig:
    """Small networks and short training."""
    settings = {
        "layers": (32,),
        "realism_layers": (16,),
        "iterations": 60,
        "first_labels": 600,
        "labels": 100,
        "batch_size": 64,
        "learning_rate": 5e-3,
    }
    return ConstraintConfig(**{**settings, **changes})
