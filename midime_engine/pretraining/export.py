"""The end of a run: weights in half precision, judged as they will be used, and their card.

The figures are those of the weights after rounding, through the same model class that the product
runs, on every validation window.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.musicvae.checkpoint import write_checkpoint
from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.model import MusicVAE
from midime_engine.pretraining.evaluation import compare
from midime_engine.pretraining.snapshot import read_snapshot
from midime_engine.pretraining.sources import SOURCES
from midime_engine.pretraining.training import SNAPSHOT_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.pretraining.snapshot import Clock
    from midime_engine.pretraining.windows import Windows
    from midime_engine.protocols import IntArray

__all__ = ["export"]

_SUMMARIES: Final = {
    ("melody",): "{bars} bars of melody",
    ("drums",): "{bars} bars of drums",
    ("melody", "bass", "drums"): "{bars} bars of melody, bass and drums",
}

_PRIOR_SAMPLES: Final = 1000
_TEMPERATURE: Final = 0.5

_PUBLISHED: Final = {"mel_2bar": 0.951}
"""Held-out accuracy with full sampling at temperature 1: Table 1 of arXiv 1803.05428."""


def export(windows: Windows, folder: Path) -> Path:
    """Write ``<model>.safetensors``, ``.json`` and ``.md`` beside the snapshot in ``folder``.

    Returns the path of the weights; the three files together are an embedded model.

    Raises:
        TrainingError: there is no snapshot in ``folder``, or it is damaged.
    """
    arrays, clock, settings = read_snapshot(folder / SNAPSHOT_NAME)
    config = get_config(str(settings["model"]))
    rounded = {name: array.astype(np.float16) for name, array in arrays.items()}
    weights = folder / f"{config.name}.safetensors"
    write_checkpoint(weights, config, rounded, dtype="float16")
    figures = _figures(MusicVAE(config, rounded), windows.valid)
    n_parameters = sum(array.size for array in arrays.values())
    card = _card(config, settings, clock, windows, figures=figures, n_parameters=n_parameters)
    weights.with_suffix(".json").write_text(
        json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    weights.with_suffix(".md").write_text(_prose(card), encoding="utf-8")
    return weights


def _figures(model: MusicVAE, valid: IntArray) -> dict[str, Any]:
    latents = model.encode_tokens(valid)
    kl = (latents.mu**2 + latents.sigma**2 - 1.0) / 2.0 - np.log(latents.sigma)
    greedy = compare(valid, model.decode_tokens(latents.mu), kl, model.config.parts)
    sampled = model.decode_tokens(latents.mu, temperature=1.0)
    dreamt = model.decode_tokens(model.prior(_PRIOR_SAMPLES), temperature=_TEMPERATURE)
    return {
        "windows": len(valid),
        "greedy_from_mu": asdict(greedy),
        "sampled_at_temperature_1": {"step_accuracy": float((sampled == valid).mean())},
        "onsets_per_window": {
            "validation": _onsets(valid, model.config),
            "prior_at_temperature_0.5": _onsets(dreamt, model.config),
        },
        "dimensions_by_information": [int(index) for index in np.argsort(-kl.mean(axis=0))],
        "nats_per_dimension": [round(float(nats), 4) for nats in kl.mean(axis=0)],
    }


def _onsets(tokens: IntArray, config: MusicVAEConfig) -> float:
    """Mean number of onsets (drums: of steps with a hit) per window and part."""
    lowest = np.array([1 if part == "drums" else FIRST_ONSET for part in config.parts])
    return float((tokens >= lowest).sum(axis=1).mean())


def _card(
    config: MusicVAEConfig,
    settings: dict[str, Any],
    clock: Clock,
    windows: Windows,
    *,
    figures: dict[str, Any],
    n_parameters: int,
) -> dict[str, Any]:
    data = [
        {
            "corpus": name,
            "windows": count,
            **(SOURCES[name]._asdict() if name in SOURCES else {}),
        }
        for name, count in windows.counts.items()
        if name != "unreadable"
    ]
    return {
        "name": config.name,
        "summary": _SUMMARIES[config.parts].format(bars=config.n_bars),
        "parts": list(config.parts),
        "n_steps": config.n_steps,
        "n_bars": config.n_bars,
        "z_size": config.z_size,
        "n_parameters": n_parameters,
        "data": {
            "corpora": data,
            "train_windows": len(windows.train),
            "valid_windows": len(windows.valid),
        },
        "training": {
            "steps": clock.step,
            "sequences": clock.step * int(settings["batch_size"]),
            "minutes": round(clock.seconds / 60.0, 1),
            "settings": settings,
        },
        "validation": figures,
        "published_sampling_accuracy": _PUBLISHED.get(config.name),
    }


def _prose(card: dict[str, Any]) -> str:
    validation, training = card["validation"], card["training"]
    greedy = validation["greedy_from_mu"]
    onsets = validation["onsets_per_window"]
    sampled = validation["sampled_at_temperature_1"]["step_accuracy"]
    lines = [
        f"# {card['name']}: {card['summary']}",
        "",
        (
            f"A MusicVAE with {card['n_parameters']:,} parameters and {card['z_size']} latent "
            "numbers, trained for this project. Architecture: Roberts, Engel, Raffel, Hawthorne, "
            "Eck, arXiv 1803.05428. Weights: half-precision safetensors, Apache-2.0."
        ),
        "",
        f"## On {validation['windows']:,} windows of songs that it has not seen",
        "",
        "| figure | value |",
        "| --- | --- |",
        f"| steps right, greedy from mu | {greedy['step_accuracy']:.4f} |",
        f"| onsets right, greedy from mu | {greedy['onset_accuracy']:.4f} |",
        f"| windows without one error | {greedy['exact_windows']:.4f} |",
        f"| steps right, sampled at temperature 1 | {sampled:.4f} |",
        f"| KL from the prior, nats | {greedy['kl_nats']:.1f} |",
        f"| dimensions that carry information | {greedy['active_dimensions']} |",
        f"| onsets per window, real | {onsets['validation']:.1f} |",
        (
            "| onsets per window, sampled from the prior at temperature 0.5 | "
            f"{onsets['prior_at_temperature_0.5']:.1f} |"
        ),
        "",
    ]
    if card["published_sampling_accuracy"]:
        lines += [
            (
                "For comparison: the paper reports "
                f"{card['published_sampling_accuracy']:.3f} with full sampling at temperature 1 "
                "for its 2-bar melody model, on its own held-out data."
            ),
            "",
        ]
    lines += [
        "## Training",
        "",
        f"{training['sequences']:,} sequences in {training['steps']:,} steps and "
        f"{training['minutes']:g} minutes on two shared CPU cores. Settings: "
        + ", ".join(f"{key} {value}" for key, value in training["settings"].items())
        + ".",
        "",
        "## Data",
        "",
        (
            f"{card['data']['train_windows']:,} windows for training and "
            f"{card['data']['valid_windows']:,} for validation, split by song; windows that "
            "differ by a transposition only are counted once."
        ),
        "",
        "| corpus | windows | licence | attribution |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.get('title', row['corpus'])} | {row['windows']:,} | "
        f"{row.get('licence', 'not recorded')} | {row.get('attribution', '')} |"
        for row in card["data"]["corpora"]
    ]
    return "\n".join(lines) + "\n"
