"""What a constraint has done, as plain JSON: for ``report.json`` and for the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.attributes.requirement import Requirements
    from midime_engine.pipelines.constrain import Comparison, Constraining
    from midime_engine.pipelines.provenance import Provenance
    from midime_engine.protocols import FloatArray

__all__ = ["constraint_report", "metadata_of"]


def constraint_report(
    requirements: Requirements,
    found: Comparison,
    training: Constraining,
    *,
    model: str,
    seed: int,
    temperature: float | None,
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The whole account of a run. Shares are in 0..1, distances in ``z``, times in seconds."""
    last = training.history[-1] if training.history else None
    return {
        "model": model,
        "seed": seed,
        "temperature": temperature,
        "samples": len(found.before),
        **_outcome(requirements, found),
        "iterations": last.iteration if last else 0,
        "heard": last.n_heard if last else 0,
        "training_seconds": round(training.seconds, 2),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
    }


def metadata_of(
    requirements: Requirements,
    found: Comparison,
    *,
    model: str,
    provenance: Provenance | None = None,
) -> dict[str, Any]:
    """What a saved constraint says of itself."""
    songs = [] if provenance is None else list(provenance.songs)
    return {"model": model, "songs": songs, **_outcome(requirements, found)}


def _outcome(requirements: Requirements, found: Comparison) -> dict[str, Any]:
    rules = [
        {
            "rule": str(item),
            "mean": _before_after(found.measures_before, found.measures_after, column),
            "reward": _before_after(found.rewards_before, found.rewards_after, column),
            "satisfied": _before_after(found.satisfied_before, found.satisfied_after, column),
        }
        for column, item in enumerate(requirements)
    ]
    return {
        "rules": rules,
        "all_satisfied": {
            "before": _rounded(found.satisfied_before.all(axis=1).mean()),
            "after": _rounded(found.satisfied_after.all(axis=1).mean()),
        },
        "distance": {
            "mean": _rounded(found.moved.mean()),
            "of_norm": _rounded(found.moved.mean() / found.norm if found.norm else 0.0),
        },
        "contour_correlation": {
            "with_itself_before": _rounded(found.contour),
            "of_strangers": _rounded(found.contour_of_strangers),
        },
        "notes_ratio": _rounded(found.notes_ratio),
        "diversity": {
            "distinct": {"before": found.distinct[0], "after": found.distinct[1]},
            "pairwise_distance_ratio": _rounded(found.diversity_ratio),
        },
        "unchanged": _rounded(found.unchanged),
    }


def _before_after(before: FloatArray, after: FloatArray, column: int) -> dict[str, float | None]:
    return {
        "before": _rounded(before[:, column].mean()),
        "after": _rounded(after[:, column].mean()),
    }


def _rounded(value: object) -> float | None:
    return None if value is None else round(float(value), 4)  # type: ignore[arg-type]
