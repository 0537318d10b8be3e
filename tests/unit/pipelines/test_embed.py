from __future__ import annotations

import numpy as np

from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.embed import FEW_CHUNKS, embed, training_latents
from midime_engine.pipelines.prepare import prepare
from tests.support.fakes import PerfectModel
from tests.support.songs import midi, scale_song, track


def _embedding(n_bars: int, model: PerfectModel):
    song = read_midi(scale_song(n_bars), name="scale.mid")
    return embed(prepare([song], parts=("melody",), n_steps=32).chunks, model)


def test_every_chunk_gets_a_vector(material, model) -> None:
    """Row i of the latents is chunk i."""
    embedding = embed(material.chunks, model)
    assert embedding.latents.mu.shape == (4, 32)
    np.testing.assert_array_equal(model.decode_tokens(embedding.latents.mu), material.chunks.tokens)


def test_a_long_song_trains_on_itself_alone(model) -> None:
    """With enough chunks nothing is transposed."""
    embedding = _embedding(2 * FEW_CHUNKS, model)
    z = training_latents(embedding, model, parts=("melody",))
    np.testing.assert_array_equal(z, embedding.latents.mu)


def test_a_short_song_is_widened_by_near_keys(model) -> None:
    """Two bars become eight vectors, the song itself first."""
    embedding = _embedding(2, model)
    z = training_latents(embedding, model, parts=("melody",))
    assert len(z) >= min(FEW_CHUNKS, 7)
    np.testing.assert_array_equal(z[:1], embedding.latents.mu)
    assert len(np.unique(z, axis=0)) == len(z)


def test_widening_can_be_refused_and_asked_for(model) -> None:
    """The setting of the user counts more than the length of the song."""
    short, long = _embedding(2, model), _embedding(2 * FEW_CHUNKS, model)
    assert len(training_latents(short, model, parts=("melody",), augment=False)) == 1
    assert len(training_latents(long, model, parts=("melody",), augment=True)) > FEW_CHUNKS


def test_drums_are_not_widened() -> None:
    """A drum part has no key, so its copies would be the same chunk again."""
    model = PerfectModel(parts=("drums",))
    loop = read_midi(midi([track("C2 . D2 . " * 8, channel=9)]), name="loop.mid")
    embedding = embed(prepare([loop], parts=("drums",), n_steps=32).chunks, model)
    assert len(training_latents(embedding, model, parts=("drums",))) == 1
    assert model.n_encoded == 1
