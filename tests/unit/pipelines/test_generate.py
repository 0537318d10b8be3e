from __future__ import annotations

import numpy as np
import pytest

from midime_engine.music.playback import Playback
from midime_engine.musicvae.starting import standard_normal
from midime_engine.pipelines import generate
from midime_engine.pipelines.embed import embed
from tests.support.fakes import PerfectModel, PlaneSpace


@pytest.fixture
def space(material, model) -> PlaneSpace:
    """The plane through the chunks of the song."""
    return PlaneSpace(embed(material.chunks, model).latents.mu)


class FewMelodies:
    """A space that holds silence and two melodies, over and over."""

    MELODIES = np.zeros((3, 32), np.float32)
    MELODIES[1, 0] = 40
    MELODIES[2, 4] = 50

    def decode(self, z_small):
        """Which of the three."""
        return self.MELODIES[z_small[:, 0].astype(int)]

    def sample(self, n, *, seed):
        """Count 0, 1, 2, 0, 1, 2 …; the seed says where to begin."""
        return ((np.arange(n) + seed) % 3).astype(np.float32)[:, None]

    def encode(self, z):
        """Never asked."""
        raise NotImplementedError


def test_samples_are_audible_and_different(space, model) -> None:
    """Eight of eight are music, and no two are the same."""
    variations = generate.sample(8, space, model, parts=("melody",), seed=5)
    assert variations.tokens.shape == (8, 32, 1)
    assert len(np.unique(variations.tokens, axis=0)) == 8
    assert all(generate.is_audible(window, parts=("melody",)) for window in variations.tokens)


def test_the_numbers_of_a_sample_lead_back_to_its_music(space, model) -> None:
    """Whoever keeps z_small can hear the sample again on the sliders."""
    variations = generate.sample(4, space, model, parts=("melody",), seed=5)
    again = generate.from_sliders(variations.z_small, space, model)
    np.testing.assert_array_equal(again.tokens, variations.tokens)


def test_an_offset_moves_single_dimensions_of_the_big_space(space, model) -> None:
    """On top of what the personal space makes of the point, which stays as it is."""
    point = np.zeros((2, space.sample(1, seed=0).shape[1]), np.float32)
    plain = generate.from_sliders(point, space, model)
    offset = np.zeros(plain.z.shape[1], np.float32)
    offset[3] = 1.5
    moved = generate.from_sliders(point, space, model, offset=offset)
    np.testing.assert_allclose(moved.z - plain.z, np.tile(offset, (2, 1)), atol=1e-6)
    np.testing.assert_array_equal(moved.tokens, model.decode_tokens(moved.z))
    np.testing.assert_array_equal(moved.z_small, point)


@pytest.mark.parametrize("temperature", [None, 0.8])
def test_the_same_seed_gives_the_same_samples(space, model, temperature) -> None:
    """Another seed gives others."""
    first, again, other = (
        generate.sample(4, space, model, parts=("melody",), temperature=temperature, seed=seed)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.tokens, again.tokens)
    assert (first.tokens != other.tokens).any()


def test_silence_and_repeats_are_drawn_again(model) -> None:
    """Of a space with two melodies two different ones come, however often silence is drawn."""
    variations = generate.sample(2, FewMelodies(), model, parts=("melody",))
    assert variations.z_small[:, 0].tolist() == [1, 2]
    assert variations.n_drawn == 4


def test_a_space_with_too_few_melodies_repeats_them_before_it_falls_silent(model) -> None:
    """Asked for four, a space of two melodies and silence gives no silence."""
    variations = generate.sample(4, FewMelodies(), model, parts=("melody",))
    assert sorted(variations.z_small[:, 0]) == [1, 1, 2, 2]
    assert variations.n_drawn == 4 * generate.MAX_DRAWS_PER_SAMPLE


def test_what_a_waltz_cuts_away_does_not_make_two_samples_different(model) -> None:
    """Music after the 24th step is not heard in three four, so it does not count."""

    class Tails(FewMelodies):
        MELODIES = np.zeros((3, 32), np.float32)
        MELODIES[:, 0] = 40
        MELODIES[1, 30] = 41
        MELODIES[2, 10] = 42

    variations = generate.sample(2, Tails(), model, parts=("melody",), n_steps=24)
    assert variations.z_small[:, 0].tolist() == [0, 2]


@pytest.mark.parametrize(
    ("token", "part", "audible"),
    [(0, "melody", False), (1, "melody", False), (2, "bass", True), (1, "drums", True)],
)
def test_a_note_off_is_no_sound_but_a_bass_drum_is(token, part, audible) -> None:
    """Token 1 ends a note in a melody and is a kick in a drum part."""
    window = np.zeros((32, 1), np.int32)
    window[3] = token
    assert generate.is_audible(window, parts=(part,)) is audible


def test_the_base_model_plays_where_it_is_told_to(model) -> None:
    """It plays what it is given, and knows of no small space."""
    z = standard_normal(200, 32)
    variations = generate.sample_base(z, model, seed=1)
    assert variations.z_small is None
    assert variations.z is z
    np.testing.assert_array_equal(variations.tokens, model.decode_tokens(z, seed=1))


def test_music_has_the_tempo_metre_and_instrument_of_the_song(material) -> None:
    """Notes at 96, in 4/4, on a flute, and audible."""
    chunks = material.chunks
    sequence = generate.to_music(chunks.tokens, parts=("melody",), playback=chunks.playback)[0]
    assert sequence.tempos[0].qpm == pytest.approx(96, abs=0.01)
    assert {note.program for note in sequence.notes} == {73}
    assert all(note.velocity > 0 for note in sequence.notes)


def test_a_waltz_stays_a_waltz() -> None:
    """Only the steps that the playback keeps become notes."""
    tokens = np.full((1, 32, 1), 40, np.int32)
    playback = Playback(numerator=3, n_steps=24)
    assert len(generate.to_music(tokens, parts=("melody",), playback=playback)[0].notes) == 24


def test_a_trio_is_audible_when_any_part_is() -> None:
    """Drums alone are music."""
    model = PerfectModel(parts=("melody", "bass", "drums"))
    window = np.zeros((model.config.n_steps, 3), np.int32)
    assert not generate.is_audible(window, parts=model.config.parts)
    window[0, 2] = 1
    assert generate.is_audible(window, parts=model.config.parts)
