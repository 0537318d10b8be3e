"""How good a model of drawings is, measured on drawings that it has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.sketches.dataset import HELD_OUT_SEED, TRAINING_SEED
from midime_engine.sketches.generator import KINDS, drawings
from midime_engine.sketches.recognition import Recogniser
from midime_engine.sketches.resampling import redrawn_distance
from midime_engine.sketches.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.drawing import Drawing
    from midime_engine.sketches.model import SketchRNN

__all__ = ["judge", "rank_correlation"]

_LEARNT_FROM: Final = 3000
"""Drawings that the recogniser is fitted to; the training's own, never those that are judged."""

_TEMPERATURE: Final = 0.3
"""At which the app draws: a little of the hand's unsteadiness, few slips."""

_ACTIVE: Final = 0.01
"""Mean KL in nats above which a dimension carries something."""


def judge(model: SketchRNN, n: int = 600, *, seed: int = 0) -> dict[str, Any]:
    """Figures for ``n`` held-out drawings redrawn from ``mu``, and for ``n`` new ones.

    ``seed`` is that of the new drawings and of decoding.
    """
    recogniser = Recogniser.fitted(drawings(_LEARNT_FROM, seed=TRAINING_SEED))
    originals = drawings(n, seed=HELD_OUT_SEED)
    latents = model.encode(originals)
    per_dimension = latents.kl().mean(axis=0)
    return {
        "drawings": n,
        "recognised_originals": _recognised(originals, originals, recogniser),
        "redrawn": {
            name: _redrawn(originals, model, latents.mu, recogniser, temperature, seed)
            for name, temperature in (("greedy", None), ("sampled", _TEMPERATURE))
        },
        # What chance gives: another drawing of the same kind, six places further on.
        "another_of_the_kind": _distance(
            originals, originals[len(KINDS) :] + originals[: len(KINDS)]
        ),
        "kl": float(per_dimension.sum()),
        "active_dimensions": int(np.sum(per_dimension > _ACTIVE)),
        "temperature": _TEMPERATURE,
        "new": {
            "from the prior": _new(model, model.prior(n, seed=seed), recogniser, seed),
            "from the mixture": _new(model, model.starts(n, seed=seed), recogniser, seed),
        },
    }


def rank_correlation(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Spearman's correlation of two lists of numbers; ties count as their mean place."""
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2.0)[inverse])
    if min(np.std(rank) for rank in ranks) == 0.0:
        return 0.0
    return float(np.asarray(np.corrcoef(np.stack(ranks)))[0, 1])


def _redrawn(  # noqa: PLR0917 - what all ways of drawing again share
    originals: Sequence[Drawing],
    model: SketchRNN,
    mu: FloatArray,
    recogniser: Recogniser,
    temperature: float | None,
    seed: int,
) -> dict[str, Any]:
    redrawn = model.decode(mu, temperature=temperature, seed=seed)
    finished = model.finishes(mu, temperature=temperature, seed=seed)
    return {
        "recognised": _recognised(originals, redrawn, recogniser),
        "distance": _distance(originals, redrawn),
        "finished": float(finished.mean()),
        "same_number_of_strokes": float(
            np.mean(
                [len(a.strokes) == len(b.strokes) for a, b in zip(originals, redrawn, strict=True)]
            )
        ),
        "rank_correlation": {
            name: rank_correlation(
                [rule.compute(drawing) for drawing in originals],
                [rule.compute(drawing) for drawing in redrawn],
            )
            for name, rule in RULES.items()
        },
    }


def _new(model: SketchRNN, z: FloatArray, recogniser: Recogniser, seed: int) -> dict[str, Any]:
    drawn = model.decode(z, temperature=_TEMPERATURE, seed=seed)
    finished = model.finishes(z, temperature=_TEMPERATURE, seed=seed)
    kinds, known = recogniser.recognise(drawn)
    visible = np.array([bool(drawing.strokes) for drawing in drawn])
    return {
        "valid": float(np.mean(finished & visible)),
        "looks_like_one": float(np.mean(finished & known)),
        "kinds": {kind: kinds.count(kind) / len(kinds) for kind in KINDS},
    }


def _recognised(
    originals: Sequence[Drawing], shown: Sequence[Drawing], recogniser: Recogniser
) -> float:
    kinds, _ = recogniser.recognise(shown)
    return float(np.mean([a.kind == b for a, b in zip(originals, kinds, strict=True)]))


def _distance(originals: Sequence[Drawing], others: Sequence[Drawing]) -> float:
    """Median distance of the pictures, as a share of the longer side of the original."""
    shares = [
        redrawn_distance(a, b) / max(RULES["size"].compute(a), 1e-6)
        for a, b in zip(originals, others, strict=True)
    ]
    return float(np.median(shares))
