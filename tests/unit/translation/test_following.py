"""How strictly a target follows its source."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.translation.following import follow
from midime_engine.translation.model import Translator
from tests.support.translation import toy_config

CONFIG = toy_config()
TRANSLATOR = Translator(CONFIG)
MU = np.random.default_rng(2).standard_normal((3, CONFIG.latent_size)).astype(np.float32)
SHARED = slice(0, CONFIG.shared_size)


def _follow(mu: np.ndarray, strictness: float, seeds=(5, 6)) -> np.ndarray:
    return follow(TRANSLATOR, mu, 0, strictness=strictness, seeds=seeds)


def test_at_one_the_shared_numbers_are_the_sources_own() -> None:
    """And the answers of two seeds differ all the same, in the details."""
    places = _follow(MU, 1.0)
    assert places.shape == (3, 2, CONFIG.latent_size)
    for column in (0, 1):
        np.testing.assert_allclose(places[:, column, SHARED], MU[:, SHARED], rtol=1e-6)
    assert not np.allclose(places[:, 0], places[:, 1])


def test_at_nought_nothing_of_the_source_is_left() -> None:
    """Every source has the same answers."""
    places = _follow(MU, 0.0)
    np.testing.assert_allclose(places[0], places[1])
    np.testing.assert_allclose(places[0], _follow(MU * 9, 0.0)[0])


def test_a_seed_makes_the_same_answer_alone_or_among_others() -> None:
    """So that an answer can be made again."""
    np.testing.assert_array_equal(_follow(MU, 0.7)[:, 1], _follow(MU, 0.7, (6,))[:, 0])


def test_half_way_between_two_sources_lies_half_way_between_their_answers() -> None:
    """In the space between, for a seed."""
    middle = (MU[:1] + MU[1:2]) / 2
    ends = _follow(MU, 0.8)
    np.testing.assert_allclose(_follow(middle, 0.8)[0], (ends[0] + ends[1]) / 2, atol=1e-5)


@pytest.mark.parametrize("strictness", [-0.1, 1.1, float("nan")])
def test_a_strictness_beyond_its_ends_is_refused(strictness: float) -> None:
    """The sentence says what the ends mean."""
    with pytest.raises(OptionError, match="means nothing") as refused:
        _follow(MU, strictness)
    assert "0 is free" in refused.value.remedy
