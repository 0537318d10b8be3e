"""The card says what was measured."""

from __future__ import annotations

import json

from midime_engine.sketches.card import prose, read_card, write_card
from midime_engine.sketches.files import WEIGHTS

CARD = read_card(WEIGHTS)


def test_the_embedded_model_has_a_card() -> None:
    """With its figures, and the prose beside it is of these figures."""
    assert CARD["name"] == "sketches"
    assert WEIGHTS.with_suffix(".md").read_text(encoding="utf-8") == prose(CARD)
    assert WEIGHTS.stat().st_size < 3_000_000


def test_figures_of_the_card_are_in_its_prose() -> None:
    """Other figures, another text; notes stand at the end."""
    changed = json.loads(json.dumps(CARD)) | {"notes": ["Boats float."]}
    changed["validation"]["kl"] = 123.4
    text = prose(changed)
    assert "123.4 nats" in text
    assert text.endswith("- Boats float.\n")


def test_cards_are_written_twice(tmp_path) -> None:
    """For programs and for people; without one there is nothing to read."""
    weights = tmp_path / "m.safetensors"
    assert read_card(weights) == {}
    write_card(weights, CARD)
    assert read_card(weights) == CARD
    assert weights.with_suffix(".md").exists()
