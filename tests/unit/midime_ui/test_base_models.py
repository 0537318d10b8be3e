"""Base models are called what musicians call them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_ui.base_models import BaseModel, in_order, preferred

MELODY = BaseModel("mel_2bar", ("melody",), 32, 2, 16_000_000)
LONG = BaseModel("mel_16bar", ("melody",), 256, 16, 60_000_000)
TRIO = BaseModel("trio_4bar", ("melody", "bass", "drums"), 64, 4, 70_000_000)
DRUMS = BaseModel("drums_2bar", ("drums",), 32, 2, 16_000_000)
OURS = [MELODY, LONG, TRIO, DRUMS]
FOREIGN = replace(MELODY, name="magenta/cat-mel_2bar_big", source="Magenta, cat-mel_2bar_big")


@pytest.mark.parametrize(
    ("model", "title"),
    [
        (MELODY, "Melody, 2 bars"),
        (LONG, "Melody, 16 bars"),
        (TRIO, "Trio, 4 bars"),
        (DRUMS, "Drums, 2 bars"),
        (replace(DRUMS, n_bars=1), "Drums, 1 bar"),
        (FOREIGN, "Melody, 2 bars (Magenta, cat-mel_2bar_big)"),
    ],
)
def test_the_title_says_what_it_plays_and_how_long(model: BaseModel, title: str) -> None:
    """And where it comes from, if not from us."""
    assert model.title == title


def test_each_kind_is_described() -> None:
    """Without a word of mathematics, and long melodies not as short ones."""
    texts = [model.description for model in OURS]
    assert len(set(texts)) == 4
    assert not any(word in text for text in texts for word in ("latent", "encoder", "vector"))


def test_ours_come_first_and_short_before_long() -> None:
    """Whatever order they were found in."""
    assert in_order([FOREIGN, DRUMS, LONG, TRIO, MELODY]) == [*OURS, FOREIGN]


@pytest.mark.parametrize(
    ("parts", "default", "name"),
    [
        (("melody",), "mel_2bar", "mel_2bar"),
        (("melody",), "mel_16bar", "mel_16bar"),
        (("melody",), "trio_4bar", "mel_2bar"),
        (("melody", "bass", "drums"), "mel_2bar", "trio_4bar"),
        (("drums",), "mel_2bar", "drums_2bar"),
    ],
)
def test_the_default_is_kept_if_it_suits(parts: tuple, default: str, name: str) -> None:
    """Otherwise the shortest of ours that does."""
    assert preferred([FOREIGN, *OURS], parts, default=default) == name


def test_where_nothing_suits_the_default_remains() -> None:
    """A host may offer melodies only."""
    assert preferred([MELODY], ("drums",), default="mel_2bar") == "mel_2bar"
