"""How well a network reconstructs windows that it has never seen.

During a run greedy decoding from ``mu`` is judged, with the network as it is being trained;
:mod:`midime_engine.pretraining.judgement` judges finished weights by more than that. What the
shares mean is said in :mod:`midime_engine.metrics.reconstruction` and
:mod:`midime_engine.metrics.hits`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from keras import ops

from midime_engine.latent.latents import Latents
from midime_engine.metrics.hits import HitAccuracy, hit_accuracy
from midime_engine.metrics.reconstruction import reconstruction
from midime_engine.musicvae.serving import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.converters.classes import Role
    from midime_engine.musicvae.network import Network
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["ACTIVE_NATS", "Evaluation", "Evaluator", "PartAccuracy", "compare"]

ACTIVE_NATS: Final = 0.01
"""A latent dimension below this mean KL carries nothing."""

_BATCH = 512


@dataclass(frozen=True, slots=True)
class PartAccuracy:
    """How well one part comes back; all in ``[0, 1]``."""

    step_accuracy: float
    """Share of steps that come back as they went in; of drums, with exactly the same hits."""

    onset_accuracy: float
    """The same of the steps with an onset; of drums, of those with a hit."""

    hits: HitAccuracy | None = None
    """Of drums only: the single hits of the nine classes."""


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
    """Latent dimensions with a mean KL above :data:`ACTIVE_NATS`."""

    parts: dict[Role, PartAccuracy]
    """The same of each part alone."""


class Evaluator:
    """Compiled once, used at every evaluation of a run."""

    def __init__(self, network: Network) -> None:
        """Compile ``network``'s encoder and greedy decoder together."""
        config = network.config
        silent = [np.zeros((config.n_steps, 1, d), np.float32) for d in config.output_depths]

        def reconstruct(tokens: Any) -> tuple[Any, Any, Any]:
            mu, sigma = network.encoder(tokens)
            noise = [ops.convert_to_tensor(part) for part in silent]
            return network.decoder.generate(mu, noise), mu, sigma

        self.parts = config.parts
        shape = (None, config.n_steps, len(config.parts))
        self.reconstruct: Callable[..., Any] = compiled(reconstruct, [(shape, "int32")])

    def __call__(self, windows: IntArray) -> Evaluation:
        """Judge ``windows`` ``[n, steps, parts]``."""
        decoded, kl = [], []
        for start in range(0, len(windows), _BATCH):
            tokens, mu, sigma = (
                np.array(ops.convert_to_numpy(array))
                for array in self.reconstruct(windows[start : start + _BATCH])
            )
            decoded.append(tokens)
            kl.append(Latents(mu, sigma).kl())
        return compare(windows, np.concatenate(decoded), np.concatenate(kl), self.parts)


def compare(
    windows: IntArray, decoded: IntArray, kl: FloatArray, parts: tuple[Role, ...]
) -> Evaluation:
    """Judge ``decoded`` against ``windows``, ``[n, steps, parts]`` each; ``kl`` is ``[n, z]``."""
    whole = reconstruction(windows, decoded, parts=parts)
    return Evaluation(
        step_accuracy=whole.step_accuracy,
        onset_accuracy=whole.onset_accuracy,
        exact_windows=whole.exact_windows,
        kl_nats=float(kl.sum(axis=1).mean()),
        active_dimensions=int(np.sum(kl.mean(axis=0) > ACTIVE_NATS)),
        parts={
            role: _of_part(windows[:, :, [column]], decoded[:, :, [column]], role)
            for column, role in enumerate(parts)
        },
    )


def _of_part(windows: IntArray, decoded: IntArray, role: Role) -> PartAccuracy:
    found = reconstruction(windows, decoded, parts=(role,))
    hits = hit_accuracy(windows, decoded) if role == "drums" else None
    return PartAccuracy(found.step_accuracy, found.onset_accuracy, hits)
