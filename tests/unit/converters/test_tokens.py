"""Tokens to music and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from note_seq import NoteSequence

from midime_engine.converters.tokens import (
    drum_roll,
    sequence_from_tokens,
    tokens_from_sequence,
    transpose,
)
from midime_engine.music.playback import Playback
from tests.support.melodies import drums, melody

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

TRIO: tuple[Role, ...] = ("melody", "bass", "drums")


def _trio(n_steps: int = 8) -> np.ndarray:
    columns = [
        melody("C4 . E4 . off . G4 .", n_steps=n_steps),
        melody("C2 . . . . . . .", n_steps=n_steps),
        drums("kh . h . sh . h .", n_steps=n_steps),
    ]
    return np.stack(columns, axis=-1)


def test_a_trio_comes_back_as_it_went() -> None:
    """Melody, bass and drums keep to their columns."""
    sequence = sequence_from_tokens(_trio(), parts=TRIO, playback=Playback())
    assert np.array_equal(tokens_from_sequence(sequence, parts=TRIO, n_steps=8), _trio())


def test_a_trio_keeps_its_parts_whatever_they_are_played_on() -> None:
    """A melody on a bass guitar over a bass on a piano stays what it is called."""
    playback = Playback(programs=(34, 0, 0))
    sequence = sequence_from_tokens(_trio(), parts=TRIO, playback=playback)
    assert np.array_equal(tokens_from_sequence(sequence, parts=TRIO, n_steps=8), _trio())


@settings(max_examples=200, deadline=None)
@given(
    hnp.arrays(np.int32, (32, 1), elements=st.integers(0, 89)),
    hnp.arrays(np.int32, (32, 1), elements=st.integers(0, 511)),
)
def test_what_is_heard_survives_the_trip(pitched: np.ndarray, struck: np.ndarray) -> None:
    """Any drums come back equal; any melody does after the note offs that end nothing are gone."""
    again = _again(struck, ("drums",))
    assert np.array_equal(again, struck)
    once = _again(pitched, ("melody",))
    assert np.array_equal(once[once > 1], pitched[pitched > 1])
    assert np.array_equal(_again(once, ("melody",)), once)


def _again(tokens: np.ndarray, parts: tuple[Role, ...]) -> np.ndarray:
    sequence = sequence_from_tokens(tokens, parts=parts, playback=Playback(qpm=101.3))
    return tokens_from_sequence(sequence, parts=parts, n_steps=len(tokens))


def test_decoded_notes_sound_like_their_source() -> None:
    """Tempo, metre, program and velocity come from the playback; steps and seconds agree."""
    playback = Playback(90, 3, 4, n_steps=6, programs=(73,), velocities=(101,))
    tokens = melody("C4 . . . E4 . . .")[:, None]
    sequence = sequence_from_tokens(tokens, parts=("melody",), playback=playback)
    assert [(n.quantized_start_step, n.quantized_end_step) for n in sequence.notes] == [
        (0, 4),
        (4, 6),
    ]
    assert sequence.notes[1].end_time == pytest.approx(6 / 6)
    assert sequence.total_time == pytest.approx(1.0)
    assert sequence.total_quantized_steps == 6
    assert {(n.program, n.velocity, n.is_drum) for n in sequence.notes} == {(73, 101, False)}
    assert (sequence.tempos[0].qpm, sequence.time_signatures[0].numerator) == (90, 3)


def test_without_a_wish_notes_can_be_heard_and_told_apart() -> None:
    """Piano, bass guitar, drum kit, velocity 80; instruments of their own."""
    sequence = sequence_from_tokens(_trio(), parts=TRIO, playback=Playback())
    sounds = {(n.instrument, n.program, n.velocity, n.is_drum) for n in sequence.notes}
    assert sounds == {(0, 0, 80, False), (1, 33, 80, False), (9, 0, 80, True)}


def test_a_step_of_drums_is_as_many_hits_as_it_has_bits() -> None:
    """Each on the pitch that stands for its class."""
    tokens = drums("kshoLMHcr .")[:, None]
    sequence = sequence_from_tokens(tokens, parts=("drums",), playback=Playback())
    assert [n.pitch for n in sequence.notes] == [36, 38, 42, 46, 45, 48, 50, 49, 51]


def test_every_program_can_be_the_melody_of_a_trio() -> None:
    """Strings, brass and leads (40..127) are not lost; 32..39 are the bass."""
    sequence = NoteSequence()
    sequence.quantization_info.steps_per_quarter = 4
    for instrument, (pitch, program) in enumerate([(72, 90), (36, 39)]):
        sequence.notes.add(
            pitch=pitch, quantized_end_step=4, program=program, instrument=instrument
        )
    tokens = tokens_from_sequence(sequence, parts=TRIO, n_steps=4)
    assert tokens[0].tolist() == [melody("C5")[0], melody("C2")[0], 0]


def test_a_single_part_takes_all_pitched_notes() -> None:
    """A melody model reads a bass guitar solo, but never the drums."""
    sequence = sequence_from_tokens(_trio(), parts=TRIO, playback=Playback())
    del sequence.notes[:3]
    tokens = tokens_from_sequence(sequence, parts=("melody",), n_steps=8)
    assert np.array_equal(tokens[:, 0], melody("C2 . . . . . . ."))


def test_the_nor_bit_says_that_nothing_is_struck() -> None:
    """Nine class bits and one more, in any number of dimensions."""
    roll = drum_roll(drums("k . sh .")[None])
    assert roll.shape == (1, 4, 10)
    assert roll.dtype == np.float32
    assert roll[0, 0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert roll[0, 1].tolist() == [0] * 9 + [1]
    assert roll[0, 2].tolist() == [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]


def test_transposition_moves_what_has_a_pitch() -> None:
    """Drums, rests and note offs stay."""
    moved = transpose(_trio(), 2, parts=TRIO)
    assert np.array_equal(moved[:, 0], melody("D4 . F#4 . off . A4 ."))
    assert np.array_equal(moved[:, 1], melody("D2 . . . . . . ."))
    assert np.array_equal(moved[:, 2], _trio()[:, 2])


def test_a_transposed_pitch_stays_in_the_range() -> None:
    """By octaves; batches are moved at once, and the original stays."""
    tokens = np.array([[[2], [89], [0], [1]]], np.int32)
    moved = transpose(tokens, -1, parts=("melody",))
    assert moved[0, :, 0].tolist() == [13, 88, 0, 1]
    assert tokens[0, 0, 0] == 2


@pytest.mark.parametrize(
    ("tokens", "parts"),
    [
        (np.zeros((4, 2), np.int32), ("melody",)),
        (np.zeros(4, np.int32), ("melody",)),
        (np.full((4, 1), 90, np.int32), ("melody",)),
        (np.full((4, 1), 512, np.int32), ("drums",)),
        (np.full((4, 1), -1, np.int32), ("bass",)),
    ],
)
def test_tokens_that_mean_nothing_are_a_mistake(
    tokens: np.ndarray, parts: tuple[Role, ...]
) -> None:
    """The message shows what was given."""
    with pytest.raises(ValueError, match="got"):
        sequence_from_tokens(tokens, parts=parts, playback=Playback())


def test_a_window_has_steps_and_parts() -> None:
    """Anything else is a programming mistake."""
    with pytest.raises(ValueError, match="At least one part"):
        tokens_from_sequence(NoteSequence(), parts=(), n_steps=32)
