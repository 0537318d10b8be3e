"""Plain data for the report of a translation: what was heard, answered and carried across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from midime_engine.pipelines.carried import NAMES, measure
from midime_engine.pipelines.report import material_report, run_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.pipelines.prepare import Material
    from midime_engine.protocols import FloatArray, IntArray
    from midime_engine.translation.domain import Domain

__all__ = ["rank_correlations", "translation_report"]

_FEWEST = 3
"""Windows without which a correlation says nothing."""


def translation_report(
    material: Material,
    answers: IntArray,
    *,
    domains: tuple[Domain, Domain],
    translator: str,
    device: str,
    settings: Mapping[str, Any],
    history: Sequence[Mapping[str, float]],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The report of ``midime translate``.

    Args:
        material: The song as the source heard it.
        answers: ``[k, n, span, parts]``.
        domains: Of the source and of the target.
        translator: Its name.
        device: Where the target model runs.
        settings: What was asked for.
        history: Losses of the training on the song, if there was one.
        seconds: Of each stage.
    """
    source, target = domains
    heard = measure(material.chunks.tokens, parts=source.parts)
    played = [measure(answer, parts=target.parts) for answer in answers]
    return {
        **run_report(model=target.model, device=device, seconds=seconds),
        **material_report(material),
        "source": source.to_json(),
        "target": target.to_json(),
        "translator": translator,
        "settings": dict(settings),
        "chunks": [
            {"first_bar": chunk.first_bar, "n_bars": chunk.n_bars, **_named(row)}
            for chunk, row in zip(material.chunks.items, heard, strict=True)
        ],
        "samples": [
            {
                "rank_correlations": rank_correlations(heard, values),
                "chunks": [_named(row) for row in values],
            }
            for values in played
        ],
        "training": list(history),
    }


def rank_correlations(ours: FloatArray, theirs: FloatArray) -> dict[str, float | None]:
    """Spearman's coefficient of each attribute, over windows ``[n, k]`` of both.

    None where one of them does not vary, or there are too few windows.
    """
    found: dict[str, float | None] = {}
    for column, name in enumerate(NAMES):
        one, other = _ranks(ours[:, column]), _ranks(theirs[:, column])
        varies = len(one) >= _FEWEST and one.std() > 0 and other.std() > 0
        found[name] = round(float(np.corrcoef(one, other)[0, 1]), 4) if varies else None
    return found


def _ranks(values: FloatArray) -> FloatArray:
    """Ranks from 0; equals share the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle = last - (counts + 1) / 2.0
    return np.asarray(middle[places], np.float32)


def _named(row: FloatArray) -> dict[str, float]:
    return dict(zip(NAMES, (round(float(value), 4) for value in row), strict=True))
