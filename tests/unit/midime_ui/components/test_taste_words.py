"""A taste in words."""

from __future__ import annotations

import pytest

from midime_engine.attributes.scales import KEYS
from midime_engine.pipelines.tasting import feature_names
from midime_engine.ratings.progress import Leaning
from midime_ui.components.taste_words import said

TRIO = ("melody", "bass", "drums")


@pytest.mark.parametrize("name", feature_names(TRIO))
def test_every_feature_has_plain_words_for_each_direction(name: str) -> None:
    """None of them a name out of the program."""
    words = {said([Leaning(0, 1.0, direction)], [name])[0][0] for direction in (-1, 0, 1)}
    assert len(words) == 3
    assert not any("_" in each or "=" in each for each in words)


@pytest.mark.parametrize("name", KEYS[:3])
def test_a_key_is_called_by_its_name(name: str) -> None:
    """Whether it is liked or not."""
    assert name in said([Leaning(0, 1.0, 1)], [f"key={name}"])[0][0]
    assert said([Leaning(0, 1.0, -1)], [f"key={name}"])[0][0] == f"notes outside {name}"


def test_features_that_come_to_the_same_are_one() -> None:
    """Low on the mean and low at the lowest are low notes; their shares add up."""
    names = ["mean_pitch", "density", "lowest"]
    leanings = [Leaning(0, 0.4, -1), Leaning(1, 0.35, 1), Leaning(2, 0.25, -1)]
    words = said(leanings, names)
    assert words[0] == ("low notes", pytest.approx(0.65))
    assert words[1] == ("many notes", 0.35)


def test_only_what_counts_is_named() -> None:
    """Three at most, and no guesses; the first one always."""
    names = list(feature_names(TRIO))
    many = [Leaning(i, 0.19, 1) for i in (2, 4, 7, 11, 13)]
    assert len(said(many, names)) == 3
    assert len(said([Leaning(2, 0.9, 1), Leaning(4, 0.05, 1)], names)) == 1
    assert len(said([Leaning(2, 0.04, 1), Leaning(4, 0.03, 1)], names)) == 1
    assert said([], names) == ()
