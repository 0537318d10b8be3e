from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pipelines import draws, generate
from midime_engine.pipelines.draws import Around
from midime_engine.pipelines.embed import embed
from tests.support.fakes import PlaneSpace

MELODY = ("melody",)


@pytest.fixture
def space(material, model) -> PlaneSpace:
    """The plane through the chunks of the song."""
    return PlaneSpace(embed(material.chunks, model).latents.mu)


class Cycle:
    """A space that holds silence and two melodies; the seed says which."""

    MELODIES = np.zeros((3, 32), np.float32)
    MELODIES[1, 0] = 40
    MELODIES[2, 4] = 50

    def sample(self, n, *, seed):
        """0, 1, 2, 0, 1, 2 …, one for each seed."""
        return np.full((n, 1), seed % 3, np.float32)

    def decode(self, z_small):
        """Which of the three."""
        return self.MELODIES[z_small[:, 0].astype(int)]

    def encode(self, z):
        """Never asked."""
        raise NotImplementedError


class CountingModel:
    """Passes on to a model and remembers how many rows each call had."""

    def __init__(self, model) -> None:
        self.model = model
        self.calls: list[int] = []

    def decode_tokens(self, z, **options):
        self.calls.append(len(z))
        return self.model.decode_tokens(z, **options)


def test_draws_are_audible_and_different_and_one_call(space, model) -> None:
    """Eight seeds, eight pieces of music, one batch."""
    counting = CountingModel(model)
    found = draws.draw(8, space, counting, parts=MELODY, first_seed=5)
    assert found.seeds == tuple(range(5, 13))
    assert len(np.unique(found.variations.tokens, axis=0)) == 8
    assert counting.calls == [8]


@pytest.mark.parametrize("temperature", [None, 0.8])
@pytest.mark.parametrize("around", [None, Around((1.0, -0.5), 0.3)])
def test_one_seed_repeats_its_music_alone(space, model, temperature, around) -> None:
    """Whatever it was drawn with."""
    found = draws.draw(
        4, space, model, parts=MELODY, first_seed=3, around=around, temperature=temperature
    )
    for row, seed in enumerate(found.seeds):
        alone = draws.at_seeds([seed], space, model, around=around, temperature=temperature)
        np.testing.assert_array_equal(alone.tokens[0], found.variations.tokens[row])
        np.testing.assert_array_equal(alone.z_small[0], found.variations.z_small[row])


def test_silence_and_repeats_are_left_out(model) -> None:
    """Of seeds that give silence, A, B, silence, A, B the second and third are taken."""
    found = draws.draw(2, Cycle(), model, parts=MELODY)
    assert found.seeds == (1, 2)


def test_what_was_heard_does_not_come_again(model) -> None:
    """A card that takes the place of another differs from those that stay."""
    first = draws.draw(1, Cycle(), model, parts=MELODY)
    heard = first.variations.tokens[0].tobytes()
    assert draws.draw(1, Cycle(), model, parts=MELODY, heard=[heard]).seeds == (2,)


def test_a_space_with_too_few_melodies_repeats_them_before_it_falls_silent(model) -> None:
    """Asked for four, a space of two melodies and silence gives no silence."""
    found = draws.draw(4, Cycle(), model, parts=MELODY)
    assert sorted(found.variations.z_small[:, 0]) == [1, 1, 2, 2]
    assert found.variations.n_drawn == 4 * generate.MAX_DRAWS_PER_SAMPLE


def test_draws_lie_where_sliders_can_stand(space, model) -> None:
    """Within three standard deviations and with two decimals, so that setting them repeats it."""
    found = draws.at_seeds(range(50), space, model, around=Around((2.9, -2.9), 1.0))
    by_hand = np.round(found.z_small.astype(np.float64), 2).astype(np.float32)
    np.testing.assert_array_equal(found.z_small, by_hand)
    assert np.abs(found.z_small).max() <= draws.REACH
    again = generate.from_sliders(by_hand, space, model)
    np.testing.assert_array_equal(again.tokens, found.tokens)


def test_more_of_the_same_lies_around_it(space) -> None:
    """At half the spread the draws are half as far away, in the same directions."""
    seeds = range(200)
    centre = np.array([0.5, -0.5])
    near = draws.points(seeds, space, around=Around(tuple(centre), 0.1)) - centre
    far = draws.points(seeds, space, around=Around(tuple(centre), 0.2)) - centre
    assert np.std(near) == pytest.approx(0.1, rel=0.2)
    np.testing.assert_allclose(far, 2 * near, atol=0.02)


def test_settling_twice_changes_nothing() -> None:
    """The grid is where it was."""
    drawn = np.random.default_rng(0).standard_normal((100, 4)).astype(np.float32) * 2
    once = draws.settle(drawn)
    np.testing.assert_array_equal(draws.settle(once), once)
    np.testing.assert_allclose(once, np.clip(drawn, -3, 3), atol=0.0051)
