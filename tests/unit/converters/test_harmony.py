"""Songs are heard in triads, and new music is brought to them by the smallest moves."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine import examples
from midime_engine.converters.classes import FIRST_ONSET, MIN_PITCH
from midime_engine.converters.harmony import bring_to, chords_of
from midime_engine.music.chords import Triad
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.prepare import prepare

C, G = Triad(0, is_minor=False), Triad(7, is_minor=False)
MELODY = ("melody",)
COMMON = (4, 4)


def line(*notes: tuple[int, int], n_steps: int = 16) -> np.ndarray:
    """A melody ``[n_steps, 1]`` of (step, pitch)."""
    tokens = np.zeros((n_steps, 1), np.int32)
    for step, pitch in notes:
        tokens[step, 0] = pitch - MIN_PITCH + FIRST_ONSET
    return tokens


def pitches(tokens: np.ndarray) -> list[int]:
    """Of the notes of the first part."""
    return [int(t) - FIRST_ONSET + MIN_PITCH for t in tokens[:, 0] if t >= FIRST_ONSET]


def test_notes_on_strong_beats_go_to_the_nearest_note_of_the_chord() -> None:
    """F to E, B to C; the D between the strong beats passes."""
    tokens = line((0, 65), (4, 62), (8, 71))
    done = bring_to([C], tokens, parts=MELODY, metre=COMMON)
    assert pitches(done.tokens) == [64, 62, 72]
    assert (done.n_moved, done.n_notes) == (2, 3)
    assert pitches(tokens) == [65, 62, 71], "the argument was changed"


def test_no_note_moves_further_than_two_semitones() -> None:
    """Whatever the pitch, in every triad; and it is a note of the triad then."""
    for chord in (Triad(root, minor) for root in range(12) for minor in (False, True)):
        for pitch in range(30, 100):
            (moved,) = pitches(
                bring_to([chord], line((0, pitch)), parts=MELODY, metre=COMMON).tokens
            )
            assert abs(moved - pitch) <= 2
            assert moved % 12 in chord.pitch_classes


def test_notes_of_the_chord_stay() -> None:
    """Nothing is counted as moved."""
    done = bring_to([C], line((0, 60), (8, 67)), parts=MELODY, metre=COMMON)
    assert (pitches(done.tokens), done.n_moved, done.n_notes) == ([60, 67], 0, 2)


def test_a_note_that_is_held_over_a_strong_beat_stands_on_it() -> None:
    """A syncopation from the second beat on sounds on the third."""
    held = bring_to([C], line((4, 65)), parts=MELODY, metre=COMMON)
    assert pitches(held.tokens) == [64]
    ended = line((4, 65))
    ended[6, 0] = 1  # Note off.
    assert pitches(bring_to([C], ended, parts=MELODY, metre=COMMON).tokens) == [65]


def test_each_bar_has_its_own_chord() -> None:
    """The second bar of a waltz is in G."""
    tokens = line((0, 65), (12, 65), n_steps=24)
    done = bring_to([C, G], tokens, parts=MELODY, metre=(3, 4))
    assert pitches(done.tokens) == [64, 67]


def test_drums_are_never_moved() -> None:
    """Nor counted: their numbers are no pitches."""
    tokens = np.full((16, 2), 63, np.int32)
    done = bring_to([C], tokens, parts=("melody", "drums"), metre=COMMON)
    np.testing.assert_array_equal(done.tokens[:, 1], tokens[:, 1])
    assert done.n_notes == 16


def test_without_chords_nothing_happens() -> None:
    """A song of drums has none."""
    done = bring_to([None], line((0, 65)), parts=MELODY, metre=COMMON)
    assert (pitches(done.tokens), done.n_moved, done.n_notes) == ([65], 0, 1)


def test_the_edge_of_the_keyboard_holds() -> None:
    """A note that could only leave it goes the other way, or stays."""
    low = bring_to([Triad(8, is_minor=False)], line((0, 21)), parts=MELODY, metre=COMMON)
    assert pitches(low.tokens) == [21]


@pytest.mark.parametrize(
    ("name", "parts", "n_steps", "chords"),
    [
        ("korobeiniki", MELODY, 32, "Am Am Em Am Dm Am Em Am"),
        ("minuet_in_g", ("melody", "bass", "drums"), 64, "G G C G Am G"),
    ],
)
def test_known_songs_have_their_known_chords(name, parts, n_steps, chords) -> None:
    """Their first bars, one triad each."""
    song = read_midi(examples.read(name), name=name)
    chunks = prepare([song], parts=parts, n_steps=n_steps).chunks
    heard = [chord for bars in chords_of(chunks, parts=parts) for chord in bars]
    assert len(heard) == sum(chunk.n_bars for chunk in chunks.items)
    expected = chords.split()
    assert [chord.name for chord in heard[: len(expected)]] == expected


def test_drums_alone_have_no_harmony() -> None:
    """None for every bar."""
    song = read_midi(examples.read("corner_shop_groove"), name="groove")
    chunks = prepare([song], parts=("drums",), n_steps=32).chunks
    heard = chords_of(chunks, parts=("drums",))
    assert {chord for bars in heard for chord in bars} == {None}
