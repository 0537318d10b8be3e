"""Songs in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midime_engine.converters.chunks import Chunks, cut
from midime_engine.converters.tokens import tokens_from_sequence
from midime_engine.converters.tracks import Selection, best_selection, list_tracks
from midime_engine.errors import MidimeError, NoUsableTrackError
from midime_engine.music.midi_io import read_midi
from tests.support.melodies import drums, melody
from tests.support.midi_files import bars_of, raw_midi, song
from tests.support.songs import Track, track

if TYPE_CHECKING:
    from midime_engine.music.song import Song

MELODY = Selection({"melody": 0})


def _cut(one: Song, *, n_steps: int = 32) -> Chunks:
    return cut(one, MELODY, parts=("melody",), n_steps=n_steps)


def test_a_song_becomes_windows_in_musical_order() -> None:
    """Two bars each, called after their first bar."""
    chunks = _cut(song(bars_of(16, 6)))
    assert chunks.tokens.shape == (3, 32, 1)
    assert chunks.tokens.dtype == np.int32
    assert [(c.index, c.first_bar, c.n_bars, c.n_steps) for c in chunks.items] == [
        (0, 1, 2, 32),
        (1, 3, 2, 32),
        (2, 5, 2, 32),
    ]


@pytest.mark.parametrize(
    ("metre", "bar", "kept"),
    [((3, 4), 12, 24), ((6, 8), 12, 24), ((9, 8), 18, 18), ((5, 4), 20, 20), ((7, 8), 14, 28)],
)
def test_a_waltz_stays_a_waltz(metre: tuple[int, int], bar: int, kept: int) -> None:
    """Each chunk begins on a bar line, and what is decoded is cut back to whole bars."""
    chunks = _cut(song(bars_of(bar, 8), metres=((0, *metre),)))
    assert {chunk.n_steps for chunk in chunks.items} == {kept}
    assert chunks.playback.n_steps == kept
    assert (chunks.playback.numerator, chunks.playback.denominator) == metre
    assert all(chunk.tokens[0, 0] > 1 for chunk in chunks.items)
    assert not chunks.tokens[:, kept + 1 :].any()
    assert chunks.report.count("padded") == len(chunks.items)


def test_a_chunk_sounds_like_its_source() -> None:
    """Tempo, metre, program and velocity; and it says what its tokens say."""
    flute = Track(bars_of(12, 4).notes, program=73, velocity=55)
    chunks = _cut(song(flute, metres=((0, 3, 4),), tempos=((0, 77.0),)))
    sequence = chunks.items[0].sequence
    assert {(note.program, note.velocity) for note in sequence.notes} == {(73, 55)}
    assert sequence.tempos[0].qpm == pytest.approx(77, rel=1e-6)
    assert sequence.total_quantized_steps == 24
    again = tokens_from_sequence(sequence, parts=("melody",), n_steps=24)
    assert np.array_equal(again, chunks.items[0].tokens[:24])


def test_a_note_across_the_border_is_struck_again() -> None:
    """And the notes around it stay where they are."""
    held = Track(((0, 4, 60), (28, 40, 64), (44, 48, 67)))
    chunks = _cut(song(held))
    assert np.array_equal(chunks.tokens[0, :, 0], melody("C4 . . . off" + " ." * 23 + " E4 . . ."))
    expected = melody("E4 . . . . . . . off . . . G4 . . . off", n_steps=32)
    assert np.array_equal(chunks.tokens[1, :, 0], expected)
    assert chunks.report.count("resumed") == 1


def test_a_held_bass_takes_nothing_from_the_other_parts() -> None:
    """Splitting is correct for polyphony."""
    trio = song(
        bars_of(4, 16),
        Track(((0, 64, 36),), program=33, channel=1),
        Track(tuple((4 * i, 4 * i + 1, 36) for i in range(16)), channel=9),
    )
    selection = Selection({"melody": 0, "bass": 1, "drums": 2})
    chunks = cut(trio, selection, parts=("melody", "bass", "drums"), n_steps=32)
    assert [int((chunk.tokens[:, 0] > 1).sum()) for chunk in chunks.items] == [8, 8]
    assert [int(chunk.tokens[0, 1]) for chunk in chunks.items] == [melody("C2")[0]] * 2
    assert [int((chunk.tokens[:, 2] > 0).sum()) for chunk in chunks.items] == [8, 8]


def test_silent_chunks_are_left_out_and_the_grid_stays() -> None:
    """Bars of rest at the beginning and in the middle."""
    rests = Track(((48, 52, 60), (160, 164, 64)))
    chunks = _cut(song(rests))
    assert [chunk.first_bar for chunk in chunks.items] == [3, 11]
    assert [chunk.index for chunk in chunks.items] == [0, 1]
    assert chunks.tokens[0, 16, 0] == melody("C4")[0]
    assert chunks.report.count("silent_chunks") == 4


def test_a_pickup_is_left_out_and_counted() -> None:
    """The first chunk begins with the first full bar."""
    upbeat = song(bars_of(4, 17), metres=((0, 1, 4), (4, 4, 4)))
    chunks = _cut(upbeat)
    assert [chunk.first_bar for chunk in chunks.items] == [1, 3]
    assert chunks.report.count("pickup") == 1


def test_a_part_without_a_track_is_silent() -> None:
    """A trio without bass and drums is a melody."""
    chunks = cut(song(bars_of(16, 4)), MELODY, parts=("melody", "bass", "drums"), n_steps=64)
    assert chunks.tokens.shape == (1, 64, 3)
    assert not chunks.tokens[:, :, 1:].any()
    assert chunks.playback.programs == (0, 33, 0)


def test_drums_are_cut_by_their_onsets() -> None:
    """A chunk may begin with a kick, and a long cymbal is struck once."""
    beat = Track(((0, 1, 36), (30, 40, 49), (32, 33, 36)), channel=9)
    chunks = cut(song(beat), Selection({"drums": 0}), parts=("drums",), n_steps=32)
    assert np.array_equal(chunks.tokens[0, :, 0], drums("k" + " ." * 29 + " c ."))
    assert np.array_equal(chunks.tokens[1, :, 0], drums("k", n_steps=32))


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (Selection({"melody": 7}), "has no track 7"),
        (Selection({"melody": 1}), "holds drums, no pitches"),
        (Selection({}), "nothing is heard"),
    ],
)
def test_a_wrong_choice_is_explained(selection: Selection, sentence: str) -> None:
    """Users choose tracks by number on the command line."""
    both = song(bars_of(16, 2), Track(((0, 1, 36),), channel=9))
    with pytest.raises(NoUsableTrackError, match=sentence) as caught:
        cut(both, selection, parts=("melody",), n_steps=32)
    assert caught.value.remedy


def test_the_usual_length_is_kept_not_that_of_a_short_end() -> None:
    """Three bars are two chunks; what is decoded lasts two bars, as most of the song does."""
    assert _cut(song(bars_of(16, 3))).playback.n_steps is None
    assert _cut(song(bars_of(16, 1))).playback.n_steps == 16


def test_a_bar_longer_than_the_window_is_cut_in_pieces() -> None:
    """Two pieces of one bar, and nothing is lost between them."""
    long = song(track(" ".join(["C4 . E4 ."] * 9)), metres=((0, 9, 4),))
    chunks = _cut(long)
    assert [(c.first_bar, c.n_steps) for c in chunks.items] == [(1, 16), (1, 20)]
    assert int((chunks.tokens > 1).sum()) == 18
    assert chunks.report.count("cut_bars") == 1


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 127),
        st.one_of(
            st.tuples(st.sampled_from([0x90, 0x91, 0x99]), st.integers(0, 127), st.just(64)),
            st.tuples(st.sampled_from([0x80, 0x81, 0x89]), st.integers(0, 127), st.just(0)),
            st.tuples(st.just(0xC0), st.integers(0, 127)),
            st.tuples(
                st.just(0xFF),
                st.just(0x58),
                st.just(4),
                st.integers(0, 40),
                st.integers(0, 7),
                st.just(24),
                st.just(8),
            ),
        ),
    ),
    max_size=40,
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
@given(EVENTS, st.sampled_from([1, 3, 24, 480]), st.sampled_from([5, 32, 256]))
def test_whatever_can_be_read_can_be_cut_or_is_refused(
    events: list[tuple[int, tuple[int, ...]]], division: int, n_steps: int
) -> None:
    """Strange metres, strange notes: chunks with music in them, or a sentence."""
    body = b"".join(bytes([delta, *event]) for delta, event in events)
    try:
        one = read_midi(raw_midi(body, division=division), name="x.mid")
        tracks = list_tracks(one, n_steps=n_steps)
        selection = best_selection(tracks, ("melody", "bass", "drums"))
        chunks = cut(one, selection, parts=("melody", "bass", "drums"), n_steps=n_steps)
    except MidimeError:
        return
    assert chunks.tokens.any(axis=(1, 2)).all()
    assert all(1 <= chunk.n_steps <= n_steps for chunk in chunks.items)
    assert all(chunk.sequence.notes for chunk in chunks.items)
    assert all(entry.count > 0 for entry in chunks.report.entries)
