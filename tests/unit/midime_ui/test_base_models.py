"""Base models are called what musicians call them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midime_ui.base_models import LEAST_ACCURACY, BaseModel, Preference, in_order, preferred

MELODY = BaseModel("mel_2bar", ("melody",), 32, 2, 16_000_000, accuracy=(0.97,))
LONG = BaseModel("mel_16bar", ("melody",), 256, 16, 60_000_000)
TRIO = BaseModel(
    "trio_4bar", ("melody", "bass", "drums"), 64, 4, 70_000_000, accuracy=(0.9, 0.8, 0.7)
)
DRUMS = BaseModel("drums_2bar", ("drums",), 32, 2, 16_000_000, accuracy=(0.92,))
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
    assert preferred([FOREIGN, *OURS], parts, default=default) == Preference(name)


def test_where_nothing_suits_the_default_remains() -> None:
    """A host may offer melodies only."""
    assert preferred([MELODY], ("drums",), default="mel_2bar") == Preference("mel_2bar")


@pytest.mark.parametrize("accuracy", [(0.9, 0.8, 0.5), ()], ids=["weak", "unmeasured"])
def test_a_band_that_would_not_be_recognised_leaves_it_at_the_melody(accuracy: tuple) -> None:
    """The visitor can ask for it all the same; a model that nobody has measured is no better."""
    assert sum(accuracy) / 3 < LEAST_ACCURACY
    models = [MELODY, LONG, replace(TRIO, accuracy=accuracy), DRUMS]
    hears = [model.name for model in models]
    for default in ("mel_2bar", "drums_2bar"):
        found = preferred(models, TRIO.parts, default=default, hears=hears)
        assert found == Preference("mel_2bar", passed_over="trio_4bar")
    long = preferred(models, TRIO.parts, default="mel_16bar", hears=hears)
    assert long == Preference("mel_16bar", passed_over="trio_4bar")


def test_what_has_no_melody_is_left_to_its_own_model_however_weak() -> None:
    """A groove cannot be sung; and nobody doubts the model that the host has chosen."""
    models = [MELODY, replace(DRUMS, accuracy=(0.5,))]
    found = preferred(models, DRUMS.parts, default="mel_2bar", hears=["drums_2bar"])
    assert found == Preference("drums_2bar")
    assert preferred(models, DRUMS.parts, default="drums_2bar") == Preference("drums_2bar")
