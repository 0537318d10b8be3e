"""Answers in another model."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.generate import is_audible
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.translate import answer, at_seeds, to_song, whole
from tests.support.songs import scale_song
from tests.support.translation import toy_models, toy_translator

TRANSLATOR = toy_translator()
MELODY, DRUMS = toy_models()


def _loud():
    """A translator whose drums are strokes rather than near silence."""
    translator = toy_translator()
    weights = dict(translator.weights)
    weights["decoder/b/skip/kernel"] = 9.0 * weights["decoder/b/skip/kernel"]
    return type(translator).from_weights(translator.config, weights)


LOUD = _loud()
X = np.random.default_rng(1).standard_normal(32).astype(np.float32) * 3


def test_a_seed_makes_the_same_answer_alone_or_among_others() -> None:
    """An answer that somebody liked can be made again."""
    several = at_seeds(X, [4, 9], LOUD, DRUMS, side=0)
    again = at_seeds(X, [9], LOUD, DRUMS, side=0)
    assert several.tokens.shape == (2, 32, 1)
    np.testing.assert_array_equal(several.tokens[1], again.tokens[0])
    np.testing.assert_allclose(several.x[1], again.x[0], rtol=1e-4, atol=1e-5)


def test_answers_are_audible_and_of_each_another() -> None:
    """Silence and repeats are left out, and what was heard before does not come again."""
    first = answer(X, 3, LOUD, DRUMS, side=0)
    heard = {window.tobytes() for window in first.tokens}
    assert len(heard) == 3
    assert all(is_audible(window, parts=("drums",)) for window in first.tokens)
    more = answer(X, 2, LOUD, DRUMS, side=0, heard=heard)
    assert not heard & {window.tobytes() for window in more.tokens}


def test_both_sides_can_answer() -> None:
    """Drums are answered by a melody as a melody by drums."""
    found = answer(X, 2, TRANSLATOR, MELODY, side=1)
    assert found.tokens.shape == (2, 32, 1)
    assert found.z_small.shape == (2, TRANSLATOR.config.latent_size)


def test_a_whole_song_is_answered_in_one_manner() -> None:
    """Equal bars have equal answers, and another seed answers otherwise."""
    x = np.stack([X, -X, X])
    songs = whole(x, [1, 2], LOUD, DRUMS, side=0)
    assert songs.shape == (2, 3, 32, 1)
    np.testing.assert_array_equal(songs[0, 0], songs[0, 2])
    assert not np.array_equal(songs[0], songs[1])


def test_where_an_answer_would_be_silent_its_source_is_followed_less() -> None:
    """Nothing comes of nothing, so something else is tried."""
    translator = toy_translator()
    weights = dict(translator.weights)
    # Drums sound only where the shared numbers are not those of the source.
    weights["decoder/b/skip/kernel"] = np.zeros_like(weights["decoder/b/skip/kernel"])
    weights["decoder/b/skip/kernel"][0] = 6.0
    gate = np.full_like(weights["decoder/b/head/bias"], 0.0)
    gate[32:] = -40.0
    weights["decoder/b/head/bias"] = gate
    deaf = type(translator).from_weights(translator.config, weights)
    encoded = deaf.encode(X[None], 0).mu[0, 0]
    seed = next(
        s for s in range(50) if np.random.default_rng(s).standard_normal((2, 5))[0, 0] > 0.5
    )
    weights["decoder/b/skip/bias"] = np.full(32, -6.0 * encoded, np.float32)
    deaf = type(translator).from_weights(translator.config, weights)
    strict = at_seeds(X, [seed], deaf, DRUMS, side=0, strictness=1.0).tokens
    assert not strict.any()
    assert whole(X[None], [seed], deaf, DRUMS, side=0, strictness=1.0).any()


def test_a_strictness_out_of_range_is_refused() -> None:
    """Before anything is decoded."""
    with pytest.raises(OptionError):
        answer(X, 1, TRANSLATOR, DRUMS, side=0, strictness=2.0)


def test_answers_to_all_chunks_become_one_piece_of_the_songs_tempo() -> None:
    """Each as long as its chunk."""
    chunks = prepare(
        [read_midi(scale_song(7), name="scale.mid")], parts=("melody",), n_steps=32
    ).chunks
    tokens = np.ones((len(chunks.items), 32, 1), np.int32)
    piece = to_song(tokens, chunks, parts=("drums",))
    assert piece.total_quantized_steps == 7 * 16
    assert piece.tempos[0].qpm == chunks.playback.qpm
    assert all(note.is_drum for note in piece.notes)
