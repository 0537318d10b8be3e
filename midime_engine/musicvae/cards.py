"""The models that come with the engine, described without loading any of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

from midime_engine.errors import UnknownModelError

__all__ = ["DEFAULT_MODEL", "ModelCard", "available", "locate"]

DEFAULT_MODEL: Final = "mel_2bar"

WEIGHTS: Final = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a user should know of a model before choosing it."""

    name: str
    summary: str
    """One line in plain words."""

    parts: tuple[Role, ...]
    n_steps: int
    """Length of a window in sixteenth notes."""

    n_bars: int
    z_size: int
    path: Path
    n_bytes: int
    figures: dict[str, Any] = field(default_factory=dict)
    """Everything that the card file records: data, training, metrics."""


@cache
def available() -> tuple[ModelCard, ...]:
    """The embedded models, in the order of their names; their weights are not read."""
    cards = []
    for path in sorted(WEIGHTS.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights = path.with_suffix(".safetensors")
        cards.append(
            ModelCard(
                name=stored["name"],
                summary=stored["summary"],
                parts=tuple(stored["parts"]),
                n_steps=stored["n_steps"],
                n_bars=stored["n_bars"],
                z_size=stored["z_size"],
                path=weights,
                n_bytes=weights.stat().st_size,
                figures=stored,
            )
        )
    return tuple(cards)


def locate(name_or_path: str | Path) -> ModelCard | Path:
    """The embedded model of that name, or the checkpoint at that path; reads no weights.

    Raises:
        UnknownModelError: it is neither.
    """
    for card in available():
        if card.name == name_or_path:
            return card
    path = Path(name_or_path)
    if path.exists() or Path(f"{path}.index").exists():
        return path
    known = ", ".join(card.name for card in available())
    raise UnknownModelError(
        f"No model is called {str(name_or_path)!r}, and no checkpoint is at that path.",
        remedy=f"Choose one of {known}, or give the path of a checkpoint.",
    )
