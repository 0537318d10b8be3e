"""The MIDI file format, byte by byte."""

from __future__ import annotations

import struct
import time

import pytest

from midime_engine.errors import MidiReadError
from midime_engine.music import limits
from midime_engine.music.midi_events import read_events
from tests.support.midi_files import raw_midi

ON, OFF = b"\x90\x3c\x40", b"\x80\x3c\x00"
NOTE = b"\x00" + ON + b"\x60" + OFF


def _notes(*tracks: bytes) -> list[tuple[int, int, int]]:
    events = read_events(raw_midi(*tracks), name="test.mid")
    return [(note.start, note.end, note.pitch) for note in events.notes]


def test_a_note_begins_and_ends_on_its_ticks() -> None:
    """Times are distances from the event before."""
    assert _notes(NOTE) == [(0, 0x60, 60)]


def test_running_status_saves_the_first_byte() -> None:
    """An event may leave its status out; velocity 0 is a note off."""
    assert _notes(b"\x00\x90\x3c\x40\x10\x3c\x00\x10\x3e\x40\x10\x3e\x00") == [
        (0, 16, 60),
        (32, 48, 62),
    ]


def test_a_number_takes_up_to_four_bytes() -> None:
    """Seven bits each."""
    assert _notes(b"\x00" + ON + b"\x81\x80\x00" + OFF) == [(0, 16384, 60)]


def test_a_note_struck_again_while_held_keeps_its_length() -> None:
    """The first note off ends the note that began first."""
    assert _notes(b"\x00" + ON + b"\x04" + ON + b"\x04" + OFF + b"\x04" + OFF) == [
        (0, 8, 60),
        (4, 12, 60),
    ]


def test_a_note_without_end_lasts_as_long_as_its_track() -> None:
    """It is counted, so that the import report can say so."""
    events = read_events(raw_midi(b"\x00" + ON + b"\x20\xff\x2f\x00"), name="test.mid")
    assert [(note.start, note.end) for note in events.notes] == [(0, 32)]
    assert events.n_unended == 1


def test_what_follows_the_end_of_a_track_is_not_read() -> None:
    """End of track means end of track."""
    assert len(_notes(NOTE + b"\x00\xff\x2f\x00" + NOTE)) == 1


def test_foreign_chunks_are_skipped() -> None:
    """The format says so, and some programs write their own."""
    data = raw_midi(NOTE)
    foreign = data[:14] + b"XFIH" + struct.pack(">I", 3) + b"abc" + data[14:]
    assert len(read_events(foreign, name="test.mid").notes) == 1


def test_a_longer_header_is_skipped() -> None:
    """A header may grow in later versions of the format."""
    data = raw_midi(NOTE)
    longer = b"MThd" + struct.pack(">I", 8) + data[8:14] + b"\0\0" + data[14:]
    assert len(read_events(longer, name="test.mid").notes) == 1


def test_system_messages_are_stepped_over() -> None:
    """Exclusive data, song position, clock: none of them is music."""
    body = b"\x00\xf0\x03\x41\x10\xf7\x00\xf2\x01\x02\x00\xf8" + NOTE
    assert len(_notes(body)) == 1


def test_programs_in_another_track_are_found() -> None:
    """Some sequencers write all program changes into the first track."""
    setup = b"\x00\xc0\x49"
    assert read_events(raw_midi(setup, NOTE), name="test.mid").notes[0].program == 0x49


def test_the_program_of_a_note_is_the_one_it_began_with() -> None:
    """A program change under a held note does not concern it."""
    body = b"\x00\xc0\x05\x00" + ON + b"\x10\xc0\x06\x10" + OFF
    assert read_events(raw_midi(body), name="test.mid").notes[0].program == 5


def test_tempo_metre_key_and_name_are_read() -> None:
    """The four things that the first track says."""
    body = (
        b"\x00\xff\x03\x04Vox\xe9\x00\xff\x51\x03\x07\xa1\x20\x00\xff\x58\x04\x06\x03\x18\x08"
        b"\x00\xff\x59\x02\xfd\x01" + NOTE
    )
    events = read_events(raw_midi(body), name="test.mid")
    assert events.tempos == [(0, 500_000)]
    assert events.metres == [(0, 6, 8)]
    assert events.keys == [(0, -3, True)]
    assert events.track_names == {0: "Voxé"}


def test_meaningless_tempos_and_metres_are_ignored_and_counted() -> None:
    """0 microseconds, 0 beats, and a denominator of 2 to the power 255."""
    body = b"\x00\xff\x51\x03\0\0\0\x00\xff\x58\x04\0\x02\x18\x08\x00\xff\x58\x04\x04\xff\x18\x08"
    events = read_events(raw_midi(body + NOTE), name="test.mid")
    assert (events.tempos, events.metres, events.n_ignored) == ([], [], 3)


def test_controllers_that_colour_the_sound_are_kept() -> None:
    """Pedal and bend are; bank select is of no use to a General MIDI synth."""
    body = b"\x00\xb0\x40\x7f\x00\xb0\x00\x01\x00\xe0\x00\x50" + NOTE
    events = read_events(raw_midi(body), name="test.mid")
    assert [event.value for event in events.controls] == [(64, 127)]
    assert [event.value for event in events.bends] == [(2048,)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"ID3\x04 an mp3", "is not a MIDI file"),
        (b"MThd\0\0\0\6\0\1", "its header is cut off"),
        (raw_midi(NOTE, division=0), "0 ticks per quarter note"),
        (raw_midi(NOTE, division=0xE728), "film frames"),
        (raw_midi(NOTE, NOTE, kind=2), "separate patterns"),
        (raw_midi(n_tracks=0), "no tracks"),
        (raw_midi(NOTE, n_tracks=2), "ends before its last track"),
        (raw_midi(NOTE)[:-2], "in the middle of a track"),
        (raw_midi(NOTE[:-1]), "an event is cut off"),
        (raw_midi(b"\x00\x3c\x40" + NOTE), "begins in the middle of an event"),
        (raw_midi(b"\xff\xff\xff\xff\x00" + ON), "cut off or too long"),
        (raw_midi(b"\x00\xf0\xff\x7f"), "longer than its track"),
        (raw_midi(b"\x00\x90\x3c\xc0"), "above 127"),
    ],
)
def test_every_failure_has_its_sentence(data: bytes, sentence: str) -> None:
    """What is wrong, in words, with a way out."""
    with pytest.raises(MidiReadError, match=sentence) as caught:
        read_events(data, name="test.mid")
    assert str(caught.value).startswith("test.mid ")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"\x00" + b"\x90\x3c\x40\x00\x3c\x00\x00" * (limits.MAX_NOTES + 1), "50,000 notes"),
        (b"\x00\xff\x01\x00" * (limits.MAX_EVENTS + 1), "150,000 events"),
        (b"\x00\xff\x51\x03\1\1\1" * (limits.MAX_TEMPOS + 1), "20,000 tempo changes"),
    ],
)
def test_too_much_of_anything_is_refused_while_reading(body: bytes, sentence: str) -> None:
    """Before a structure is built whose size a stranger chose."""
    began = time.process_time()
    with pytest.raises(MidiReadError, match=sentence):
        read_events(raw_midi(body), name="test.mid")
    assert time.process_time() - began < 2


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    """The size is known before the first byte is looked at."""
    with pytest.raises(MidiReadError, match=r"6\.0 MB; up to 5 MB"):
        read_events(bytes(6_000_000), name="test.mid")
