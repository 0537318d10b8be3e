"""The card of a model: all that is known of it as JSON, and the same in prose.

:mod:`midime_engine.musicvae.cards` reads the JSON; people read the Markdown beside it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from midime_engine.pretraining.card_prose import prose
from midime_engine.pretraining.sources import SOURCES
from midime_engine.pretraining.targets import PUBLISHED, TARGETS, measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.pretraining.windows import Windows

__all__ = ["data_of", "describe", "judged_against", "read_card", "write_card"]

_SUMMARIES: Final = {
    ("melody",): "{bars} bars of melody",
    ("drums",): "{bars} bars of drums",
    ("melody", "bass", "drums"): "{bars} bars of melody, bass and drums",
}


def describe(config: MusicVAEConfig, *, n_parameters: int) -> dict[str, Any]:
    """What a card says of the model itself."""
    return {
        "name": config.name,
        "summary": _SUMMARIES[config.parts].format(bars=config.n_bars),
        "parts": list(config.parts),
        "n_steps": config.n_steps,
        "n_bars": config.n_bars,
        "z_size": config.z_size,
        "n_parameters": n_parameters,
    }


def data_of(windows: Windows) -> dict[str, Any]:
    """What a card says of the music: windows, licence and attribution of each corpus."""
    return {
        "corpora": [
            {
                "corpus": name,
                "windows": count,
                **(SOURCES[name]._asdict() if name in SOURCES else {}),
            }
            for name, count in windows.counts.items()
            if name != "unreadable"
        ],
        "train_windows": len(windows.train),
        "valid_windows": len(windows.valid),
    }


def judged_against(
    name: str, figures: Mapping[str, Any], notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Figures, and beside them the targets and the published ones of the model called ``name``.

    ``notes`` say what falls short and what would close it; nothing is made up here.
    """
    published = PUBLISHED.get(name)
    return {
        "validation": dict(figures),
        "targets": [
            {
                "what": target.what,
                "least": target.least,
                "measured": value,
                "reached": value >= target.least,
            }
            for target in TARGETS.get(name, ())
            if (value := measured(figures, target.path)) is not None
        ],
        "published": published
        and {"what": published.what, "step_accuracy": dict(published.step_accuracy)},
        "notes": list(notes),
    }


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
