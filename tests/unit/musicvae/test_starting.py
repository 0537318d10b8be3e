from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine import musicvae
from midime_engine.errors import UnknownModelError
from midime_engine.musicvae.mixtures import mixture_path, read_mixture
from midime_engine.musicvae.starting import standard_normal, starting_points

if TYPE_CHECKING:
    from pathlib import Path


def test_an_embedded_model_starts_where_its_music_lies() -> None:
    """Its mixture is read without the model; the same seed gives the same points."""
    card = next(card for card in musicvae.available() if card.name == "mel_2bar")
    mixture = read_mixture(card.path)
    assert mixture is not None
    points = starting_points("mel_2bar", 5, z_size=card.z_size, seed=3)
    np.testing.assert_array_equal(points, mixture.sample(5, seed=3))


def test_weights_without_a_mixture_start_from_the_prior(tmp_path: Path) -> None:
    """As every checkpoint of somebody else does."""
    card = musicvae.available()[0]
    alone = tmp_path / "alone.safetensors"
    shutil.copyfile(card.path, alone)
    assert not mixture_path(alone).exists()
    points = starting_points(alone, 4, z_size=256, seed=2)
    np.testing.assert_array_equal(points, standard_normal(4, 256, seed=2))


def test_the_prior_is_standard_normal_and_its_first_draws_stay() -> None:
    """However many are asked for."""
    many = standard_normal(4000, 8, seed=1)
    assert abs(float(many.mean())) < 0.02
    assert abs(float(many.std()) - 1.0) < 0.02
    np.testing.assert_array_equal(standard_normal(2, 8, seed=1), many[:2])


def test_a_model_that_does_not_exist_starts_nowhere() -> None:
    """The sentence is that of loading it."""
    with pytest.raises(UnknownModelError):
        starting_points("nobody", 1, z_size=8)
