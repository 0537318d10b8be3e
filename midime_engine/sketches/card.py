"""The card of a model of drawings: all that is known of it as JSON, and the same in prose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["prose", "read_card", "write_card"]


def write_card(weights: Path, card: Mapping[str, Any]) -> None:
    """Write ``card`` beside ``weights`` as JSON and as Markdown."""
    text = json.dumps(card, indent=1, ensure_ascii=False)
    weights.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    weights.with_suffix(".md").write_text(prose(card), encoding="utf-8")


def read_card(weights: Path) -> dict[str, Any]:
    """The card beside ``weights``; empty without one."""
    path = weights.with_suffix(".json")
    if not path.exists():
        return {}
    card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return card


def prose(card: Mapping[str, Any]) -> str:
    """``card`` for people."""
    judged, training = card["validation"], card["training"]
    config, settings = card["config"], training["settings"]
    lines = [
        f"# {card['name']}",
        "",
        (
            "A Sketch-RNN (Ha and Eck 2017, arXiv 1704.03477) for simple drawings, trained for "
            f"this project: {card['n_parameters']:,} weights, `z` of {config['z_size']}, up to "
            f"{config['n_points']} points."
        ),
        "",
        "## Drawings",
        "",
        (
            f"{settings['n_drawings']:,} drawings ({', '.join(card['kinds'])}) by the program in "
            "`midime_engine/sketches/things.py`, seed 0. Nobody's drawings were collected; the "
            "licence is that of the project. Roundness, detail, haste, size, proportions, slant "
            "and tremor differ from drawing to drawing."
        ),
        "",
        "## Training",
        "",
        (
            f"{training['drawings']:,} drawings seen in {training['minutes']:.0f} minutes by the "
            f"clock on {training['machine']}; batch {settings['batch_size']}, beta up to "
            f"{settings['max_beta']}, input dropout {settings['input_dropout']}, seed "
            f"{settings['seed']}."
        ),
        "",
        "| drawings | offsets, nats | pen states, nats | KL, nats | beta |",
        "|---|---|---|---|---|",
        *(
            f"| {at['drawings']:,} | {at['offsets']:.1f} | {at['states']:.2f} | {at['kl']:.1f} | "
            f"{at['beta']:.3f} |"
            for at in training["course"]
        ),
        "",
        "## What comes back",
        "",
        (
            f"{judged['drawings']} drawings of seed 1, which it has not seen, redrawn from `mu`. "
            "The distance is the mean gap between the two pictures (chamfer), as a share of the "
            f"longer side; another drawing of the same kind is "
            f"{judged['another_of_the_kind']:.3f} away."
        ),
        "",
        "| | greedy | temperature " + f"{judged['temperature']} |",
        "|---|---|---|",
        *_redrawn(judged["redrawn"]),
        "",
        (
            f"A judge of pictures names {judged['recognised_originals']:.1%} of the originals. A "
            f"code costs {judged['kl']:.1f} nats; {judged['active_dimensions']} of "
            f"{config['z_size']} dimensions carry something."
        ),
        "",
        "## New drawings",
        "",
        (
            "Valid: it comes to an end by itself and leaves a line. Looks like one: it also lies "
            "as near to a kind as 99.5 % of the program's own."
        ),
        "",
        "| | valid | looks like one |",
        "|---|---|---|",
        *(
            f"| {where} | {new['valid']:.1%} | {new['looks_like_one']:.1%} |"
            for where, new in judged["new"].items()
        ),
    ]
    if card["notes"]:
        lines += ["", "## What falls short", "", *(f"- {note}" for note in card["notes"])]
    return "\n".join(lines) + "\n"


def _redrawn(redrawn: Mapping[str, Any]) -> list[str]:
    ways = (redrawn["greedy"], redrawn["sampled"])
    rows = [
        ("named rightly", "recognised", ".1%"),
        ("distance, median", "distance", ".3f"),
        ("comes to an end", "finished", ".1%"),
        ("as many strokes", "same_number_of_strokes", ".1%"),
    ]
    lines = [
        f"| {label} | " + " | ".join(format(way[key], form) for way in ways) + " |"
        for label, key, form in rows
    ]
    for name in ways[0]["rank_correlation"]:
        values = " | ".join(f"{way['rank_correlation'][name]:.2f}" for way in ways)
        lines.append(f"| rank correlation of `{name}` | {values} |")
    return lines
