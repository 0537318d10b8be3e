"""The general translators that come with MidiMe."""

from __future__ import annotations

import pytest

from midime_engine.errors import UnknownModelError
from midime_engine.musicvae.config import get_config
from midime_engine.translation.embedded import WEIGHTS, available, between, load

MOST_BYTES = 4_500_000
"""As much as a MidiMe takes: that of a trio has 272 numbers in the middle."""


@pytest.mark.parametrize("card", available(), ids=lambda card: card.name)
def test_each_fits_its_models_and_is_small(card) -> None:
    """Its sides are windows of the models as they are registered."""
    translator, metadata = load(card.name)
    for domain, name in zip(translator.config.domains, card.models, strict=True):
        config = get_config(name)
        assert (domain.model, domain.z_size, domain.parts) == (name, config.z_size, config.parts)
    assert translator.config.domains[0].span == translator.config.domains[1].span
    assert card.n_bytes < MOST_BYTES
    assert len(metadata["scales"]) == 2
    assert (WEIGHTS / f"{card.name}.md").read_text("utf-8").startswith(f"# {card.name}")


def test_melody_and_drums_have_a_translator_from_either_end() -> None:
    """With the side of the source."""
    forth, back = between("mel_2bar", "drums_2bar"), between("drums_2bar", "mel_2bar")
    assert forth is not None
    assert back is not None
    assert forth[0] is back[0]
    assert (forth[1], back[1]) == (0, 1)


def test_models_without_a_translator_between_them_have_none() -> None:
    """Nor has a model with itself."""
    assert between("mel_2bar", "mel_16bar") is None
    assert between("mel_2bar", "mel_2bar") is None


def test_a_wrong_name_lists_the_right_ones() -> None:
    """As for base models."""
    with pytest.raises(UnknownModelError) as refused:
        load("mel_2bar-kazoo")
    assert "mel_2bar-drums_2bar" in refused.value.remedy
