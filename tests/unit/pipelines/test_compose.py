"""A plan becomes music of the length, tempo and harmony that was asked for."""

from __future__ import annotations

import io
import json

import mido
import numpy as np
import pytest

from midime_engine import examples
from midime_engine.converters.harmony import chords_of
from midime_engine.music.midi_io import read_midi, write_midi
from midime_engine.pipelines import forms
from midime_engine.pipelines.compose import compose, to_sequence
from midime_engine.pipelines.embed import embed
from midime_engine.pipelines.plan import Plan, Slot
from midime_engine.pipelines.prepare import prepare
from tests.support.fakes import PerfectModel, PlaneSpace

MELODY = ("melody",)


def song_again(material, model, n_bars: int) -> Plan:
    """The song as its space remembers it."""
    latents = embed(material.chunks, model).latents.mu
    space = PlaneSpace(latents, latent_size=4)
    points = space.encode(latents).mu
    toward = np.zeros(points.shape[1], np.float32)
    return forms.along_song(n_bars, material.chunks, points, space, toward=toward, amount=0.0)


def test_a_perfect_memory_plays_the_song(material, model) -> None:
    """Chunk after chunk, at its tempo, twice in sixteen bars."""
    playback = material.chunks.playback
    made = compose(song_again(material, model, 16), model, parts=MELODY, playback=playback)
    np.testing.assert_array_equal(made.tokens[:4], material.chunks.tokens)
    np.testing.assert_array_equal(made.tokens[4:], material.chunks.tokens)
    sequence = to_sequence(made, parts=MELODY, playback=playback)
    assert sequence.total_quantized_steps == 16 * 16
    assert sequence.tempos[0].qpm == pytest.approx(96, abs=0.01)


def test_a_waltz_has_its_bars_in_midi() -> None:
    """Ten bars of three quarters, the last slot cut."""
    song = read_midi(examples.read("greensleeves"), name="waltz")
    material = prepare([song], parts=MELODY, n_steps=32)
    model = PerfectModel()
    plan = song_again(material, model, 10)
    playback = material.chunks.playback
    sequence = to_sequence(
        compose(plan, model, parts=MELODY, playback=playback), parts=MELODY, playback=playback
    )
    assert sequence.total_quantized_steps == 10 * playback.steps_per_bar
    file = mido.MidiFile(file=io.BytesIO(write_midi(sequence)))
    bar = 4 * playback.numerator / playback.denominator * 60 / playback.qpm
    assert 9 * bar < file.length <= 10 * bar + 0.01


def test_each_slot_has_its_own_seed_and_progress_is_told(material, model) -> None:
    """Batches of eight; the notes of a slot do not depend on them."""
    plan, told = song_again(material, model, 40), []
    playback = material.chunks.playback
    made = compose(
        plan,
        model,
        parts=MELODY,
        playback=playback,
        temperature=0.8,
        advance=lambda done, of: told.append((done, of)),
    )
    assert told == [(8, 20), (16, 20), (20, 20)]
    for i, seed in enumerate(plan.seeds):
        alone = model.decode_tokens(plan.z[i : i + 1], temperature=0.8, seed=[seed])
        np.testing.assert_array_equal(made.tokens[i], alone[0])


def test_known_music_is_not_decoded_again(material, model) -> None:
    """And is not changed by what is done to the piece."""
    tokens = np.full((32, 1), 41, np.int32)
    plan = Plan((Slot(16, "A", 0),), np.zeros((1, 32), np.float32), None, (0,), {0: tokens})
    made = compose(plan, model, parts=MELODY, playback=material.chunks.playback)
    assert made.tokens[0, :16].tolist() == tokens[:16].tolist()
    assert not made.tokens[0, 16:].any(), "what is not heard is silent"
    assert (tokens == 41).all()


def test_the_harmony_of_the_song_is_kept_if_asked() -> None:
    """Notes that are moved are counted, and then stand in the chords; drums are untouched."""
    song = read_midi(examples.read("korobeiniki"), name="song")
    parts = ("melody", "bass", "drums")
    chunks = prepare([song], parts=parts, n_steps=64).chunks
    playback = chunks.playback
    chords = [chord for bars in chords_of(chunks, parts=parts) for chord in bars]
    # The song in the wrong order, so that it does not stand in its own harmony.
    plan = Plan(
        tuple(Slot(64, f"step {i}", 4 * i) for i in range(3)),
        np.zeros((3, 1), np.float32),
        None,
        (0, 1, 2),
        dict(enumerate(chunks.tokens[[1, 2, 0]])),
    )
    options = {"parts": parts, "playback": playback}
    plain = compose(plan, PerfectModel(), **options)
    kept = compose(plan, PerfectModel(), **options, chords=chords)

    assert (plain.n_moved, plain.n_notes, plain.chords) == (0, 0, ())
    changed = kept.tokens != plain.tokens
    assert 0 < kept.n_moved == changed.sum() < kept.n_notes
    assert not changed[:, :, 2].any()
    assert kept.chords == tuple(chord.name for chord in chords[:12])
    moved = kept.tokens[changed]
    assert np.abs(moved - plain.tokens[changed]).max() <= 2
    again = compose(plan, PerfectModel(), **options, chords=chords)
    np.testing.assert_array_equal(again.tokens, kept.tokens)


def test_a_song_of_drums_brings_no_harmony(material, model) -> None:
    """Asked to keep what is not there, nothing happens."""
    plan = song_again(material, model, 8)
    made = compose(
        plan, model, parts=MELODY, playback=material.chunks.playback, chords=[None, None]
    )
    assert (made.n_moved, made.chords) == (0, ())


def test_the_report_says_what_each_slot_is(material, model) -> None:
    """As JSON, with the harmony if there is one."""
    plan = song_again(material, model, 8)
    chords = [c for bars in chords_of(material.chunks, parts=MELODY) for c in bars]
    made = compose(plan, model, parts=MELODY, playback=material.chunks.playback, chords=chords)
    data = json.loads(json.dumps(made.to_json()))
    assert [slot["steps"] for slot in data["slots"]] == [32] * 4
    assert data["slots"][1]["seed"] == 1
    assert len(data["slots"][0]["z_small"]) == 4
    assert len(data["harmony"]["chords"]) == 8
    assert data["harmony"]["notes"] == made.n_notes > 0
