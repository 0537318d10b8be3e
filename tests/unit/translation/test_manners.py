"""Details for what is translated."""

from __future__ import annotations

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.translation.manners import details, settle
from midime_engine.translation.model import Translator
from midime_engine.translation.pairs import Pairs, Side
from tests.support.translation import DRUMS, MELODY, toy_config

CONFIG = toy_config()


def _kin(n: int, *, seed: int = 0) -> Pairs:
    """Drums that follow from the melody but for a little noise."""
    rng = np.random.default_rng(seed)
    melody = rng.standard_normal((n, MELODY.size))
    drums = melody @ np.random.default_rng(9).standard_normal((MELODY.size, DRUMS.size))
    drums += 0.1 * rng.standard_normal(drums.shape)
    labels = np.full((n, 2), 0.5, np.float32)
    sides = (
        Side(Latents(melody, np.full_like(melody, 0.05)), labels),
        Side(Latents(drums, np.full_like(drums, 0.05)), labels),
    )
    return Pairs(sides, np.ones(n, bool), np.arange(n, dtype=np.int32))


def _error(translator: Translator, pairs: Pairs) -> float:
    """How far what is usual lies from the partners' own details, in their own variances."""
    z = [translator.encode(side.latents.mu, i).mu for i, side in enumerate(pairs.sides)]
    noise = np.zeros((1, CONFIG.latent_size - CONFIG.shared_size), np.float32)
    usual = details(translator, z[0], 1, noise=noise, amount=0.0)
    own = z[1][:, CONFIG.shared_size :]
    return float(np.mean((usual - own) ** 2) / own.var())


def test_what_usually_goes_with_a_source_is_learnt_from_pairs() -> None:
    """And holds for pairs that were not among them."""
    pairs, others = _kin(600), _kin(100, seed=1)
    translator = Translator.starting(CONFIG, pairs)
    before = _error(translator, others)
    settle(translator, pairs)
    assert _error(translator, others) < 0.5 * before


def test_draws_are_spread_like_the_real_details() -> None:
    """What is usual and what is left to chance make up the whole, middle and covariance."""
    pairs = _kin(600)
    translator = Translator.starting(CONFIG, pairs)
    settle(translator, pairs)
    z = [translator.encode(side.latents.mu, i).mu for i, side in enumerate(pairs.sides)]
    real = z[1][:, CONFIG.shared_size :]
    noise = np.random.default_rng(3).standard_normal(real.shape).astype(np.float32)
    drawn = details(translator, z[0], 1, noise=noise, amount=1.0)
    np.testing.assert_allclose(drawn.mean(axis=0), real.mean(axis=0), atol=0.2)
    np.testing.assert_allclose(drawn.std(axis=0), real.std(axis=0), rtol=0.25)


def test_a_short_song_bends_what_was_known_and_does_not_replace_it() -> None:
    """Ten pairs move the map a little of the way."""
    pairs = _kin(600)
    translator = Translator.starting(CONFIG, pairs)
    settle(translator, pairs)
    known = translator.weights["manner/b/kernel"]
    noise = np.random.default_rng(4).standard_normal((10, DRUMS.size))
    labels = np.full((10, 2), 0.5, np.float32)
    other = Side(Latents(noise, np.full_like(noise, 0.05)), labels)
    song = Pairs((_kin(10, seed=2).sides[0], other), np.ones(10, bool), np.zeros(10, np.int32))
    settle(translator, song)
    moved = np.linalg.norm(translator.weights["manner/b/kernel"] - known)
    assert 0 < moved < 0.5 * np.linalg.norm(known)


def test_settling_leaves_what_was_trained_alone() -> None:
    """Only the manners change, and training can go on."""
    pairs = _kin(50)
    translator = Translator.starting(CONFIG, pairs)
    before = dict(translator.weights)
    settle(translator, pairs)
    changed = {name for name, array in translator.weights.items() if array is not before[name]}
    assert {name.partition("/")[0] for name in changed} == {"manner"}
    assert list(translator.weights) == list(CONFIG.variable_shapes)


def test_without_details_there_is_nothing_to_settle() -> None:
    """As in the authors' network, where all of z' is shared."""
    config = toy_config(latent_size=2, shared_size=2)
    translator = Translator(config)
    state = translator.state
    settle(translator, _kin(10))
    assert translator.state is state
