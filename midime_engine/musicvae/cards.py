"""Which models there are and where, described without loading any of them."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine import catalogue
from midime_engine.errors import UnknownModelError

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

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


def locate(name_or_path: str | Path) -> ModelCard | catalogue.Entry | Path:
    """What that name or path stands for; reads no weights and downloads nothing.

    A name is sought among the embedded models, then in the catalogue; only a text can be a name.

    Raises:
        UnknownModelError: it is neither, or the name of a checkpoint that cannot be used here.
    """
    for card in available():
        if card.name == name_or_path:
            return card
    entry = catalogue.find(name_or_path)
    if entry is not None:
        catalogue.require_supported(entry)
        return entry
    path = Path(name_or_path)
    if path.exists() or Path(f"{path}.index").exists():
        return path
    raise UnknownModelError(
        f"No model is called {str(name_or_path)!r}, and no checkpoint is at that path.",
        remedy=f"Choose one of {_suggestions(str(name_or_path))}, another that `midime models` "
        "lists, or give the path of a checkpoint.",
    )


def _suggestions(wrong: str) -> str:
    """The embedded models, and whatever in the catalogue looks like the wrong name."""
    published = [entry.name for entry in catalogue.entries() if entry.supported]
    like = [name for name in published if name.removeprefix(catalogue.PREFIX) == wrong]
    like = like or difflib.get_close_matches(wrong, published)
    return ", ".join([*(card.name for card in available()), *like])
