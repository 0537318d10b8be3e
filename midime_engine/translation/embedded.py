"""General translators that come with MidiMe: trained by us from many songs, found by their models.

Each lies in ``weights`` as three files: ``<name>.safetensors`` in half precision, ``<name>.json``
with everything that is recorded of it, and ``<name>.md``, the card for people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import UnknownModelError
from midime_engine.translation import persistence

if TYPE_CHECKING:
    from midime_engine.translation.model import Translator

__all__ = ["WEIGHTS", "TranslatorCard", "available", "between", "load"]

WEIGHTS: Final = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class TranslatorCard:
    """What a user should know of a translator before choosing it."""

    name: str
    summary: str
    """One line in plain words."""

    models: tuple[str, str]
    """The base models of side 0 and side 1; it translates both ways."""

    path: Path
    n_bytes: int
    figures: dict[str, Any] = field(default_factory=dict)
    """Everything that the card file records: data, training, measurements."""


@cache
def available() -> tuple[TranslatorCard, ...]:
    """The embedded translators, in the order of their names; their weights are not read."""
    cards = []
    for path in sorted(WEIGHTS.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights = path.with_suffix(".safetensors")
        first, second = stored["models"]
        cards.append(
            TranslatorCard(
                name=stored["name"],
                summary=stored["summary"],
                models=(first, second),
                path=weights,
                n_bytes=weights.stat().st_size,
                figures=stored,
            )
        )
    return tuple(cards)


def between(source: str, target: str) -> tuple[TranslatorCard, int] | None:
    """The embedded translator from one base model to another, and the source's side.

    None where there is none.
    """
    for card in available():
        if set(card.models) == {source, target}:
            return card, card.models.index(source)
    return None


@cache
def load(name: str) -> tuple[Translator, dict[str, Any]]:
    """The embedded translator called ``name`` and its metadata; read once per process.

    Whoever wants to train it on takes a copy: ``Translator.from_weights(t.config, t.weights)``.

    Raises:
        UnknownModelError: None has that name.
    """
    for card in available():
        if card.name == name:
            return persistence.load(card.path)
    raise UnknownModelError(
        f"No translator is called {name!r}.",
        remedy=f"Choose one of {', '.join(card.name for card in available()) or 'none'}.",
    )
