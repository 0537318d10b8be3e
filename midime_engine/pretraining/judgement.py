"""All that is measured of finished weights, as plain data for cards and tables.

Windows of songs that the model has not seen are decoded greedily from ``mu``, and in the form of
the paper's Table 1 (arXiv 1803.05428), every token drawn from the softmax at temperature 1. The
paper does not say whether ``z`` was drawn too, so both are measured: ``mu``, and a draw from the
posterior. Then come samples of the prior and ways between windows.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.pretraining.evaluation import compare
from midime_engine.pretraining.prior import (
    N_SAMPLES,
    Dreams,
    Likeness,
    copies,
    dream,
    likeness,
)
from midime_engine.pretraining.smoothness import Change, smoothness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.latent.mixture import Mixture
    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import IntArray

__all__ = ["judge", "reconstruct"]

_TEMPERATURE: Final = 1.0
_SEED: Final = 0
_SAMPLES_PER_PAIR: Final = 5
_OF_SAMPLED: Final = ("step_accuracy", "onset_accuracy", "exact_windows", "parts")


def judge(
    model: MusicVAE,
    valid: IntArray,
    *,
    train: IntArray | None = None,
    others: Mapping[str, IntArray] | None = None,
    mixture: Mixture | None = None,
    n_samples: int = N_SAMPLES,
) -> dict[str, Any]:
    """Measure ``model`` on ``valid`` windows ``[n, steps, parts]``.

    Args:
        model: what is judged.
        valid: windows of songs that it has not seen.
        train: windows that it was trained on, in which copied bars are looked for.
        others: further sets of windows by name, judged by reconstruction alone.
        mixture: a place to draw from beside the prior.
        n_samples: windows that are drawn from each source at each temperature; a fifth as many
            pairs are walked between.
    """
    found = reconstruct(model, valid)
    train = valid[:0] if train is None else train
    dreams = list(dream(model, valid, train, mixture=mixture, n=n_samples, seed=_SEED))
    return {
        **found,
        "other_windows": {
            name: reconstruct(model, windows, per_dimension=False)
            for name, windows in (others or {}).items()
        },
        "prior": {
            "real": _real(valid, train, model),
            "samples": [_of_dreams(dreamt) for dreamt in dreams],
            "lowest_overlap": _lowest(dreams),
        },
        "interpolation": _of_ways(model, valid, max(1, n_samples // _SAMPLES_PER_PAIR)),
    }


def reconstruct(
    model: MusicVAE, windows: IntArray, *, per_dimension: bool = True
) -> dict[str, Any]:
    """What comes back of ``windows``, and what the code of a window costs in nats."""
    parts = model.config.parts
    latents = model.encode_tokens(windows)
    kl = latents.kl()
    greedy = compare(windows, model.decode_tokens(latents.mu), kl, parts)
    figures: dict[str, Any] = {"windows": len(windows), "greedy_from_mu": asdict(greedy)}
    z = latents.sample(np.random.default_rng([_SEED, 5]))
    for source, code in (("mu", latents.mu), ("posterior", z)):
        drawn = model.decode_tokens(code, temperature=_TEMPERATURE, seed=_SEED)
        sampled = asdict(compare(windows, drawn, kl, parts))
        figures[f"sampled_from_{source}"] = {key: sampled[key] for key in _OF_SAMPLED}
    if per_dimension:
        nats = kl.mean(axis=0)
        figures["dimensions_by_information"] = [int(index) for index in np.argsort(-nats)]
        figures["nats_per_dimension"] = [round(float(value), 4) for value in nats]
    return figures


def _real(valid: IntArray, train: IntArray, model: MusicVAE) -> dict[str, Any]:
    """The validation windows as if they were samples: what a perfect model would give."""
    parts = model.config.parts
    shuffled = valid[np.random.default_rng(_SEED).permutation(len(valid))]
    half = len(valid) // 2
    halves = likeness(shuffled[:half], shuffled[half:], parts=parts)
    return {**_of_likeness(halves), "copied_bars": copies(train, valid, parts=parts)}


def _lowest(dreams: list[Dreams]) -> dict[str, float]:
    """The worst overlap of any feature at any temperature, for each source."""
    lowest: dict[str, float] = {}
    for dreamt in dreams:
        lowest[dreamt.source] = min(lowest.get(dreamt.source, 1.0), dreamt.likeness.lowest)
    return lowest


def _of_dreams(dreamt: Dreams) -> dict[str, Any]:
    return {
        "source": dreamt.source,
        "temperature": dreamt.temperature,
        "samples": dreamt.n,
        **_of_likeness(dreamt.likeness),
        "copied_bars": dreamt.copied_bars,
    }


def _of_likeness(found: Likeness) -> dict[str, Any]:
    return {**asdict(found), "lowest_overlap": found.lowest, "mean_overlap": found.mean}


def _of_ways(model: MusicVAE, valid: IntArray, n_pairs: int) -> dict[str, Any] | None:
    if len(valid) < 2:  # noqa: PLR2004 - a way has two ends
        return None
    found = smoothness(model, valid, n_pairs=n_pairs, seed=_SEED)
    return {
        "pairs": found.n_pairs,
        "tokens": _of_change(found.tokens),
        "heard": _of_change(found.heard),
    }


def _of_change(change: Change) -> dict[str, Any]:
    return {**asdict(change), "mean_step": change.mean_step}
