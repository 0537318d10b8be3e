"""Plain data for ``report.json``: enough to repeat a run and to judge it.

Every report names the songs with their digests, the tracks taken, what the import moved or lost,
the model and the device, the seed, the seconds of each stage and the versions of what computed it.
Losses are in nats per chunk, accuracies and overlaps in 0..1, times in seconds.
"""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from midime_engine import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.training import TrainingStep
    from midime_engine.pipelines.compose import Composition
    from midime_engine.pipelines.generate import Variations
    from midime_engine.pipelines.outcome import Outcome
    from midime_engine.pipelines.prepare import Material
    from midime_engine.pipelines.provenance import Provenance
    from midime_engine.pipelines.reconstruct import Rebuilt

__all__ = [
    "composition_report",
    "material_report",
    "personalisation_report",
    "reconstruction_report",
    "run_report",
    "sampling_report",
    "versions",
]

FORMAT: Final = 1
"""Grows when a field changes its meaning; new fields may come without."""

_LIBRARIES: Final = ("keras", "tensorflow", "tensorflow-cpu", "numpy", "note-seq")


def run_report(*, model: str, device: str, seconds: Mapping[str, float]) -> dict[str, Any]:
    """What every report begins with."""
    return {
        "format": FORMAT,
        "model": model,
        "device": device,
        "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
        "versions": versions(),
    }


def material_report(material: Material) -> dict[str, Any]:
    """The songs, their tracks, what the import did to them, and the chunks."""
    return {
        "songs": [
            {
                "name": song.name,
                "sha256": song.sha256,
                "qpm": round(song.qpm, 3),
                "time_signature": "{}/{}".format(*song.time_signature),
                "tracks": dict(selection.tracks),
                "explanation": selection.explanation,
            }
            for song, selection in zip(material.songs, material.selections, strict=True)
        ],
        "import_report": material.chunks.report.to_json(),
        "playback": asdict(material.chunks.playback),
    }


def reconstruction_report(
    material: Material,
    rebuilt: Rebuilt,
    *,
    model: str,
    device: str,
    through_midime: bool,
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The report of ``midime reconstruct``."""
    return {
        **run_report(model=model, device=device, seconds=seconds),
        **material_report(material),
        "through_midime": through_midime,
        "accuracy": rebuilt.mean_accuracy,
        "chunks": _chunks(material, {"accuracy": rebuilt}),
    }


def sampling_report(
    variations: Variations,
    *,
    model: str,
    device: str,
    provenance: Provenance | None,
    temperature: float | None,
    seed: int,
    seconds: Mapping[str, float],
    nudges: Sequence[tuple[int, float]] = (),
) -> dict[str, Any]:
    """The report of ``midime sample``. ``nudges`` were added to dimensions of the large space."""
    return {
        **run_report(model=model, device=device, seconds=seconds),
        "midime": provenance.to_json() if provenance else None,
        "settings": {
            "samples": len(variations.tokens),
            "seed": seed,
            "temperature": temperature,
            "nudges": [list(nudge) for nudge in nudges],
        },
        "samples": _samples(variations),
    }


def composition_report(
    composition: Composition,
    *,
    model: str,
    device: str,
    provenance: Provenance,
    material: Material | None,
    settings: Mapping[str, Any],
    kept_share: float | None,
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The report of ``midime compose``; ``kept_share`` of all notes stands in the song, too."""
    return {
        **run_report(model=model, device=device, seconds=seconds),
        **(material_report(material) if material else {}),
        "midime": provenance.to_json(),
        "settings": dict(settings),
        "piece": {**composition.to_json(), "kept_share": kept_share},
    }


def personalisation_report(
    material: Material,
    steps: Sequence[TrainingStep],
    outcome: Outcome,
    *,
    config: MidiMeConfig,
    n_vectors: int,
    model: str,
    device: str,
    temperature: float | None,
    seed: int,
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The report of ``midime personalize``. ``n_vectors`` is how many were trained on."""
    return {
        **run_report(model=model, device=device, seconds=seconds),
        **material_report(material),
        "settings": {
            "samples": len(outcome.variations.tokens),
            "seed": seed,
            "temperature": temperature,
            "midime": asdict(config),
        },
        "chunks": _chunks(
            material,
            {"accuracy_of_model": outcome.by_model, "accuracy_of_midime": outcome.by_midime},
        ),
        "training": {
            "vectors": n_vectors,
            "epochs": len(steps),
            "losses": [asdict(step) for step in steps],
        },
        "reconstruction": {
            "model": outcome.by_model.mean_accuracy,
            "midime": outcome.by_midime.mean_accuracy,
        },
        "midime_samples": {
            **outcome.variations_compared.to_json(),
            "samples": _samples(outcome.variations),
        },
        "base_samples": {
            **outcome.base_compared.to_json(),
            "samples": _samples(outcome.base),
        },
    }


def _chunks(material: Material, rebuilt: Mapping[str, Rebuilt]) -> list[dict[str, Any]]:
    return [
        {
            "index": chunk.index,
            "song": chunk.song,
            "first_bar": chunk.first_bar,
            "n_bars": chunk.n_bars,
            **{name: float(result.accuracy[i]) for name, result in rebuilt.items()},
        }
        for i, chunk in enumerate(material.chunks.items)
    ]


def _samples(variations: Variations) -> dict[str, Any]:
    small = variations.z_small
    return {
        "n_drawn": variations.n_drawn,
        "z_small": None if small is None else [[float(value) for value in row] for row in small],
    }


def versions() -> dict[str, str]:
    """Of Python, of this engine and of the libraries that are installed; imports none of them."""
    found = {"python": platform.python_version(), "midime_engine": __version__}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
