"""Whether what a model dreams resembles what it has heard.

Reconstruction alone is not enough: a model with hundreds of nats of KL copies well and dreams
badly. So windows are drawn, from the prior and from a mixture fitted to the latent vectors of
training windows (:mod:`midime_engine.latent.mixture`), decoded, and their distributions compared
with those of real windows of other songs: the overlaps of :mod:`midime_engine.metrics.similarity`.

Bars are counted in 4/4 on both sides, whatever the metre of a window. Two halves of the real
windows are compared too: no model can be expected to come nearer than these are to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.latent.mixture import Mixture
from midime_engine.metrics.events import is_onset
from midime_engine.metrics.originality import copied_bars
from midime_engine.metrics.similarity import histograms, overlap, similarity
from midime_engine.musicvae.config import STEPS_PER_BAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.converters.classes import Role
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import IntArray

__all__ = ["N_SAMPLES", "Dreams", "Likeness", "copies", "dream", "fit_mixture", "likeness"]

TEMPERATURES: Final = (0.5, 1.0)
N_SAMPLES: Final = 1000
"""Two halves of a thousand real windows overlap by 0.95 or more, so the measure is sharp enough."""

N_COMPONENTS: Final = 16
"""One or four leave a gap that 16 close; 64 gain nothing more (``benchmarks/dreams``)."""

_ALL_KEYS: Final = np.ones(12, np.int64)

_FITTED_WINDOWS: Final = 20_000
"""More move no overlap by a hundredth."""

_CARRYING_NATS: Final = 0.05
"""Dimensions below this mean KL are left to the standard normal, which they are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One collection of windows beside real ones."""

    overlap: dict[Role, dict[str, float]]
    """Of each feature of each part, in 0..1."""

    with_notes: dict[Role, float]
    """Share of the windows in which the part begins something."""

    onsets_per_bar: dict[Role, float]
    """Mean number of onsets (drums: of struck steps) in a bar of 4/4."""

    in_all_keys: dict[Role, float]
    """Overlap of the pitch classes with those of real windows moved into all keys alike, which
    are twelve equal shares: a model that has been trained on transposed music knows no others."""

    @property
    def lowest(self) -> float:
        """The worst overlap of any feature."""
        return min(value for part in self.overlap.values() for value in part.values())

    @property
    def mean(self) -> float:
        """Mean overlap over parts and features."""
        return float(np.mean([v for part in self.overlap.values() for v in part.values()]))


@dataclass(frozen=True, slots=True)
class Dreams:
    """Windows drawn in one way, judged."""

    source: str
    """``prior`` or ``mixture``."""

    temperature: float
    n: int
    likeness: Likeness
    copied_bars: float | None
    """Share of bars that occur note for note in the training windows; None without any."""


def dream(
    model: MusicVAE,
    valid: IntArray,
    train: IntArray,
    *,
    mixture: Mixture | None,
    n: int = N_SAMPLES,
    seed: int = 0,
) -> Iterator[Dreams]:
    """Judge ``n`` samples of the prior, and of ``mixture`` if there is one, at each temperature.

    ``valid`` and ``train`` are windows ``[m, steps, parts]``; ``train`` may be empty.
    """
    parts = model.config.parts
    sources = {"prior": model.prior(n, seed=seed)}
    if mixture is not None:
        sources["mixture"] = mixture.sample(n, seed=seed)
    for source, z in sources.items():
        for temperature in TEMPERATURES:
            samples = model.decode_tokens(z, temperature=temperature, seed=seed)
            yield Dreams(
                source=source,
                temperature=temperature,
                n=n,
                likeness=likeness(valid, samples, parts=parts),
                copied_bars=copies(train, samples, parts=parts),
            )


def likeness(real: IntArray, samples: IntArray, *, parts: tuple[Role, ...]) -> Likeness:
    """Compare ``samples`` with ``real`` windows, ``[n, steps, parts]`` each."""
    begins = {role: is_onset(samples[:, :, i], role) for i, role in enumerate(parts)}
    bars = samples.shape[1] / STEPS_PER_BAR
    counts = histograms(samples, parts=parts, steps_per_bar=STEPS_PER_BAR)
    return Likeness(
        overlap=similarity(real, samples, parts=parts, steps_per_bar=STEPS_PER_BAR),
        with_notes={role: float(at.any(axis=1).mean()) for role, at in begins.items()},
        onsets_per_bar={role: float(at.sum(axis=1).mean() / bars) for role, at in begins.items()},
        in_all_keys={
            role: overlap(features["pitch_class"], _ALL_KEYS)
            for role, features in counts.items()
            if "pitch_class" in features
        },
    )


def copies(train: IntArray, samples: IntArray, *, parts: tuple[Role, ...]) -> float | None:
    """Share of the bars of ``samples`` that are in ``train`` note for note; None without any."""
    if not len(train):
        return None
    return copied_bars(train, samples, parts=parts, steps_per_bar=STEPS_PER_BAR)


def fit_mixture(
    model: MusicVAE, train: IntArray, *, n_components: int = N_COMPONENTS, seed: int = 0
) -> Mixture:
    """Where ``model`` puts the ``train`` windows, as they are, without transposition."""
    rng = np.random.default_rng([seed, 7])
    chosen = np.sort(rng.permutation(len(train))[:_FITTED_WINDOWS])
    latents = model.encode_tokens(train[chosen])
    carrying = np.flatnonzero(latents.kl().mean(axis=0) > _CARRYING_NATS)
    return Mixture.fit(
        latents.sample(rng), dimensions=carrying, n_components=n_components, seed=seed
    )
