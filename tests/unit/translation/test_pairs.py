"""What a translator trains on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.latent.latents import Latents
from midime_engine.translation.pairs import Pairs, Side
from tests.support.translation import toy_config, toy_pairs


def test_both_sides_have_as_many_rows() -> None:
    """A mistake of a programmer is told at once."""
    pairs = toy_pairs(4)
    with pytest.raises(ValueError, match="need 4 rows"):
        Pairs((pairs.sides[0], toy_pairs(5).sides[1]), pairs.together, pairs.songs)


def test_vectors_of_another_size_do_not_fit() -> None:
    """Nor another number of attributes."""
    pairs = toy_pairs(4)
    swapped = Pairs(pairs.sides[::-1], pairs.together, pairs.songs)
    with pytest.raises(ValueError, match="6 numbers; got 9"):
        swapped.require_fit(toy_config())
    with pytest.raises(ValueError, match="Labels"):
        pairs.require_fit(toy_config(n_labels=3))


def test_one_pair_is_too_little() -> None:
    """The sentence says how many there were."""
    with pytest.raises(TrainingError, match="on 1 pairs"):
        toy_pairs(1).require_fit(toy_config())


def test_numbers_that_are_not_finite_are_refused() -> None:
    """Before a training is lost to them."""
    pairs = toy_pairs(4)
    mu = pairs.sides[0].latents.mu.copy()
    mu[2, 1] = np.nan
    broken = Side(Latents(mu, pairs.sides[0].latents.sigma), pairs.sides[0].labels)
    with pytest.raises(TrainingError, match="not finite"):
        replace(pairs, sides=(broken, pairs.sides[1])).require_fit(toy_config())
