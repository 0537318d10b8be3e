from __future__ import annotations

from midime_engine.pretraining.scores import read_score
from midime_engine.pretraining.voices import (
    bass_voices,
    drum_notes,
    is_one_at_a_time,
    is_percussive,
    melody_voices,
    named_melodies,
    pitched_voices,
    together,
)
from tests.support.corpora import BASS, BEAT, TUNE, band
from tests.support.midi_files import midi_bytes
from tests.support.songs import Track, track

LOW = "E2 . . . A2 . . . B2 . . . A2 . . . " * 8


def test_a_band_has_a_melody_a_bass_and_drums() -> None:
    """Each where its program and register say."""
    score = read_score(band())
    assert [voice.program for voice in melody_voices(score)] == [73]
    assert [voice.program for voice in bass_voices(score)] == [33]
    assert drum_notes(score) is not None


def test_every_tune_is_a_melody() -> None:
    """A trio learns as much from a second guitar; drums on a pitched channel are none."""
    score = read_score(
        band(8, track(TUNE * 8, program=27, channel=1), track(TUNE * 8, program=115, channel=2))
    )
    assert [voice.program for voice in melody_voices(score)] == [73, 27]


def test_of_the_melodies_one_may_be_named_so() -> None:
    """Lead, vocals and the like."""
    score = read_score(
        midi_bytes(
            track(TUNE * 2, name="Lead Vocals"),
            track(TUNE * 2, name="Piano"),
            track(TUNE * 2, name="Misleading"),
        )
    )
    assert [voice.name for voice in named_melodies(melody_voices(score))] == ["Lead Vocals"]


def test_without_a_bass_the_lowest_single_line_is_one() -> None:
    """A low cello, say; not low chords, and not a line that lies high."""
    score = read_score(midi_bytes(track(TUNE * 4), track(LOW, program=42)))
    assert [voice.program for voice in bass_voices(score)] == [42]
    assert bass_voices(read_score(midi_bytes(track(TUNE * 4)))) == []
    chords = track(LOW)
    fifths = tuple((a, b, p + 7) for a, b, p in chords.notes)
    assert bass_voices(read_score(midi_bytes(Track(chords.notes + fifths)))) == []


def test_a_high_bass_guitar_is_no_bass() -> None:
    """Somebody chose its sound for a solo."""
    score = read_score(midi_bytes(track("C5 . E5 . G5 . E5 . " * 8, program=33)))
    assert bass_voices(score) == []


def test_a_bass_may_be_called_so() -> None:
    """Whatever its program."""
    score = read_score(midi_bytes(track(BASS * 8, name="Synth Bass", program=81)))
    assert [voice.name for voice in bass_voices(score)] == ["Synth Bass"]


def test_drums_of_all_tracks_belong_together() -> None:
    """From as many notes as are asked for; none is None."""
    score = read_score(midi_bytes(track(BEAT, channel=9), track("C2 . ", channel=9)))
    whole, long_ones = drum_notes(score), drum_notes(score, 4)
    assert whole is not None
    assert long_ones is not None
    assert len(whole) == len(long_ones) + 1
    assert drum_notes(read_score(midi_bytes(track(TUNE)))) is None


def test_chords_are_told_from_single_notes() -> None:
    """By how many onsets are of one note."""
    single = track(TUNE * 2)
    chords = Track(single.notes + tuple((a, b, p + 4) for a, b, p in single.notes))
    one, many = read_score(midi_bytes(single, chords)).voices
    assert is_one_at_a_time(one)
    assert not is_one_at_a_time(many)


def test_timpani_are_percussive() -> None:
    """Though they are not on the drum channel."""
    timpani, flute = read_score(midi_bytes(track(TUNE, program=47), track(TUNE, program=73))).voices
    assert is_percussive(timpani)
    assert not is_percussive(flute)


def test_short_voices_are_signals() -> None:
    """Sixteen notes make a voice unless another number is said."""
    score = read_score(midi_bytes(track(TUNE), track(TUNE * 2), track(BEAT, channel=9)))
    assert len(pitched_voices(score)) == 1
    assert len(pitched_voices(score, 8)) == 2


def test_notes_of_several_voices_are_one_list() -> None:
    """In the order of the voices."""
    voices = read_score(midi_bytes(track(TUNE), track(BASS))).voices
    assert len(together([voice.notes for voice in voices])) == 12
