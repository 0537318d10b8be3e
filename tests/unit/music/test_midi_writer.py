"""MIDI bytes as other programs read them."""

from __future__ import annotations

import io

import mido
import note_seq
import pretty_midi
import pytest
from note_seq import NoteSequence

from midime_engine.music.midi_io import read_midi
from midime_engine.music.midi_writer import write_midi
from tests.support.midi_files import bars_of, song
from tests.support.songs import Track


def _sequence(*, qpm: float = 90.0) -> NoteSequence:
    sequence = NoteSequence()
    sequence.tempos.add(qpm=qpm)
    sequence.time_signatures.add(numerator=3, denominator=4)
    sequence.key_signatures.add(key=9, mode=1)
    step = 15 / qpm
    for i, pitch in enumerate([60, 64, 67]):
        sequence.notes.add(
            pitch=pitch,
            velocity=50 + i,
            start_time=4 * i * step,
            end_time=(4 * i + 4) * step,
            program=73,
        )
    sequence.notes.add(
        pitch=36, velocity=100, start_time=0, end_time=step, is_drum=True, instrument=9
    )
    sequence.total_time = 24 * step
    return sequence


def _mido(data: bytes) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(data))


@pytest.mark.parametrize("qpm", [47.5, 90.0, 120.0, 133.7, 240.0])
def test_mido_reads_tempo_metre_and_key(qpm: float) -> None:
    """The three things that make it the same song in another program."""
    metas = {message.type: message for message in _mido(write_midi(_sequence(qpm=qpm))).tracks[0]}
    assert mido.tempo2bpm(metas["set_tempo"].tempo) == pytest.approx(qpm, rel=1e-6)
    assert (metas["time_signature"].numerator, metas["time_signature"].denominator) == (3, 4)
    assert metas["key_signature"].key == "Am"


def test_pretty_midi_reads_notes_programs_and_velocities() -> None:
    """Nothing is silent, nothing is a piano that was a flute."""
    midi = pretty_midi.PrettyMIDI(io.BytesIO(write_midi(_sequence())))
    flute, drums = midi.instruments
    assert (flute.program, flute.is_drum, drums.is_drum) == (73, False, True)
    assert [(n.pitch, n.velocity) for n in flute.notes] == [(60, 50), (64, 51), (67, 52)]
    assert [n.start for n in flute.notes] == pytest.approx([0, 2 / 3, 4 / 3], abs=1e-3)
    assert midi.get_tempo_changes()[1] == pytest.approx([90])


def test_notes_without_a_velocity_can_be_heard() -> None:
    """Velocity 0 would be a note off."""
    sequence = _sequence()
    for note in sequence.notes:
        note.velocity = 0
    on = [m for m in _mido(write_midi(sequence)) if m.type == "note_on"]
    assert [message.velocity for message in on] == [80] * 4


def test_a_song_comes_back_as_it_went() -> None:
    """Reading what was written gives the same notes, tempos and metres."""
    before = song(
        bars_of(16, 4, program=40, name="Fiddle"),
        Track(((0, 1, 36), (8, 9, 38)), channel=9),
        tempos=((0, 97.0), (9, 60.0), (23, 140.0)),
        metres=((0, 4, 4), (32, 7, 8)),
    )
    before.sequence.control_changes.add(time=0.5, control_number=64, control_value=127)
    before.sequence.pitch_bends.add(time=0.25, bend=-1000)
    after = read_midi(write_midi(before.sequence), name="again.mid").sequence
    assert after.notes == before.sequence.notes
    assert after.instrument_infos == before.sequence.instrument_infos
    assert after.time_signatures == before.sequence.time_signatures
    assert [t.qpm for t in after.tempos] == [t.qpm for t in before.sequence.tempos]
    assert [c.control_value for c in after.control_changes] == [127]
    assert [b.bend for b in after.pitch_bends] == [-1000]


def test_silence_at_the_end_is_kept() -> None:
    """A chunk lasts its bars, also where the music stops earlier."""
    sequence = _sequence()
    assert _mido(write_midi(sequence)).length == pytest.approx(sequence.total_time, abs=1e-3)


def test_a_repeated_note_is_struck_twice() -> None:
    """Where one note ends and the same begins, the end comes first."""
    sequence = NoteSequence()
    for i in range(2):
        sequence.notes.add(pitch=60, velocity=80, start_time=i, end_time=i + 1)
    sequence.total_time = 2
    again = note_seq.midi_io.midi_to_note_sequence(write_midi(sequence))
    assert [(n.start_time, n.end_time) for n in again.notes] == [(0, 1), (1, 2)]


def test_instruments_never_land_on_the_drum_channel() -> None:
    """Twenty instruments share fifteen channels, each with its own program at its own time."""
    sequence = NoteSequence()
    for i in range(20):
        sequence.notes.add(
            pitch=60, velocity=80, start_time=i, end_time=i + 1, instrument=i, program=i
        )
    sequence.total_time = 20
    again = read_midi(write_midi(sequence), name="x.mid").sequence
    assert [note.program for note in again.notes] == list(range(20))
    assert not any(note.is_drum for note in again.notes)


def test_without_a_tempo_120_is_written() -> None:
    """What is meant is said."""
    tempos = [m for m in _mido(write_midi(NoteSequence())).tracks[0] if m.type == "set_tempo"]
    assert [message.tempo for message in tempos] == [500_000]
