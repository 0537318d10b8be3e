"""How well a network reconstructs windows that it has never seen: greedy decoding from ``mu``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from keras import ops

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.musicvae.serving import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.musicvae.network import Network
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["Evaluation", "Evaluator", "compare"]

_BATCH = 512


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over a set of windows, each in ``[0, 1]`` but the KL."""

    step_accuracy: float
    """Share of tokens that come back as they went in, over all parts."""

    onset_accuracy: float
    """Share of steps with an onset (drums: with a hit) that come back exactly."""

    exact_windows: float
    """Share of windows that come back without one wrong token."""

    kl_nats: float
    """Mean KL of the posterior from the prior."""

    active_dimensions: int
    """Latent dimensions with a mean KL above a hundredth of a nat."""


_ACTIVE_NATS = 0.01


class Evaluator:
    """Compiled once, used at every evaluation of a run."""

    def __init__(self, network: Network) -> None:
        """Compile ``network``'s encoder and greedy decoder together."""
        config = network.config
        silent = [np.zeros((config.n_steps, 1, d), np.float32) for d in config.output_depths]

        def reconstruct(tokens: Any) -> tuple[Any, Any]:
            mu, sigma = network.encoder(tokens)
            kl = (mu**2 + sigma**2 - 1.0) / 2.0 - ops.log(sigma)  # [b, z_size]
            noise = [ops.convert_to_tensor(part) for part in silent]
            return network.decoder.generate(mu, noise), kl

        self.parts = config.parts
        shape = (None, config.n_steps, len(config.parts))
        self.reconstruct: Callable[..., Any] = compiled(reconstruct, [(shape, "int32")])

    def __call__(self, windows: IntArray) -> Evaluation:
        """Judge ``windows`` ``[n, steps, parts]``."""
        decoded, kl = [], []
        for start in range(0, len(windows), _BATCH):
            tokens, nats = self.reconstruct(windows[start : start + _BATCH])
            decoded.append(np.array(ops.convert_to_numpy(tokens)))
            kl.append(np.array(ops.convert_to_numpy(nats)))
        return compare(windows, np.concatenate(decoded), np.concatenate(kl), self.parts)


def compare(
    windows: IntArray, decoded: IntArray, kl: FloatArray, parts: tuple[str, ...]
) -> Evaluation:
    """Judge ``decoded`` against ``windows``, ``[n, steps, parts]`` each; ``kl`` is ``[n, z]``."""
    equal = windows == decoded
    lowest_onset = np.array([1 if part == "drums" else FIRST_ONSET for part in parts])
    onsets = windows >= lowest_onset
    per_dimension = kl.mean(axis=0)
    return Evaluation(
        step_accuracy=float(equal.mean()),
        onset_accuracy=float(equal[onsets].mean()) if onsets.any() else 1.0,
        exact_windows=float(equal.all(axis=(1, 2)).mean()),
        kl_nats=float(kl.sum(axis=1).mean()),
        active_dimensions=int(np.sum(per_dimension > _ACTIVE_NATS)),
    )
