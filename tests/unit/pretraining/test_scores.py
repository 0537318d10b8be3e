from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from midime_engine.converters.notes import Notes
from midime_engine.errors import MidiReadError
from midime_engine.music.limits import MAX_FILE_BYTES, MAX_NOTES
from midime_engine.music.midi_io import read_midi
from midime_engine.pretraining.scores import read_score
from tests.support.corpora import BASS, TUNE, band
from tests.support.midi_files import midi_bytes, raw_midi
from tests.support.songs import Track, track


def test_notes_lie_on_the_grid_of_the_app() -> None:
    """The quick reader and the careful one agree on every note."""
    data = midi_bytes(track(TUNE * 2), tempos=((0, 93.0), (8, 141.0)))
    (voice,) = read_score(data).voices
    expected = Notes.of(read_midi(data, name="song.mid").sequence)
    for name in ("pitch", "start", "end", "velocity"):
        np.testing.assert_array_equal(getattr(voice.notes, name), getattr(expected, name))


def test_voices_keep_name_program_and_kind() -> None:
    """By which their role is judged."""
    tracks = (track(TUNE, name="Flute", program=73), track(BASS, name="Kit", channel=9))
    score = read_score(midi_bytes(*tracks))
    assert [(v.name, v.program, v.is_drum) for v in score.voices] == [
        ("Flute", 73, False),
        ("Kit", 0, True),
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "steps"),
    [(4, 4, 16), (3, 4, 12), (6, 8, 12), (2, 4, 8), (9, 8, 18)],
)
def test_bars_have_the_length_of_their_metre(numerator, denominator, steps) -> None:
    """In sixteenths; the last bar is a whole one."""
    data = midi_bytes(track(TUNE * 2), metres=((0, numerator, denominator),))
    bars = read_score(data).bars
    assert set(np.diff(bars).tolist()) == {steps}
    assert bars[-2] < 32 <= bars[-1]


def test_a_change_of_metre_begins_a_bar() -> None:
    """Bars before it have the old length, bars after it the new one."""
    data = midi_bytes(track(TUNE * 3), metres=((0, 4, 4), (32, 3, 4)))
    assert read_score(data).bars.tolist() == [0, 16, 32, 44, 56]


def test_bars_that_fit_no_grid_are_none() -> None:
    """A bar of 1/32 is half a step."""
    assert len(read_score(midi_bytes(track(TUNE), metres=((0, 1, 32),))).bars) == 0


def test_the_tempo_is_the_one_that_holds_longest() -> None:
    """And 120 where none is written."""
    data = midi_bytes(track(TUNE * 4), tempos=((0, 60.0), (8, 90.0), (60, 200.0)))
    assert read_score(data).qpm == pytest.approx(90.0, abs=0.01)
    assert read_score(midi_bytes(track(TUNE), tempos=())).qpm == 120.0


@pytest.mark.parametrize("microseconds", [b"\x00\x00\x00", b"\x00\x00\x01"])
def test_a_tempo_that_nobody_can_play_is_none(microseconds: bytes) -> None:
    """Infinitely many quarter notes per minute, or sixty million."""
    tempo = b"\x00\xff\x51\x03" + microseconds
    note = b"\x00\x90\x3c\x40\x60\x80\x3c\x40\x00\xff\x2f\x00"
    assert read_score(raw_midi(tempo + note)).qpm == 120.0


def test_a_file_without_notes_has_no_voices() -> None:
    """And no bars."""
    score = read_score(midi_bytes(Track(())))
    assert score.voices == ()
    assert len(score.bars) <= 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no music",
        b"MThd",
        raw_midi(b"\x00\x90"),
        raw_midi(b"", division=0),
        b"MThd" + bytes(MAX_FILE_BYTES),
    ],
)
def test_bytes_that_are_no_music_are_refused(data: bytes) -> None:
    """With a sentence, never with anything else."""
    with pytest.raises(MidiReadError, match="cannot be read"):
        read_score(data)


def test_too_many_notes_are_refused() -> None:
    """The limit of the app."""
    note = b"\x00\x90\x3c\x40\x01\x80\x3c\x40"
    data = raw_midi(note * (MAX_NOTES + 1))
    with pytest.raises(MidiReadError, match="notes"):
        read_score(data)


def test_a_note_at_the_end_of_time_is_refused() -> None:
    """It would make hours of silence."""
    far = b"\xff\xff\xff\x7f\x90\x3c\x40\x10\x80\x3c\x40\x00\xff\x2f\x00"
    with pytest.raises(MidiReadError, match="sixteenths"):
        read_score(raw_midi(far, division=1))


def test_a_whole_band_needs_no_heavy_library() -> None:
    """Neither TensorFlow nor Keras nor note-seq is loaded to read and cut it."""
    code = (
        "import sys; from midime_engine.pretraining import preparation, scores, windows;"
        "scores.read_score(sys.stdin.buffer.read());"
        "print([m for m in ('tensorflow', 'keras', 'note_seq', 'jax', 'ray') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=band(), capture_output=True, check=True, timeout=120
    )
    assert done.stdout.decode().strip() == "[]"
