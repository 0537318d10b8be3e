"""MIDI bytes to songs: what is read, and that nothing hostile gets through."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import note_seq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midime_engine.errors import MidimeError, MidiReadError
from midime_engine.music.midi_io import read_midi
from tests.support.midi_files import bars_of, midi_bytes, raw_midi
from tests.support.songs import Track, track

ROOT = Path(__file__).resolve().parents[3]
SEEDS = (
    midi_bytes(track("C4 . E4 . G4 off C5 .", name="Melody", program=73), metres=((0, 3, 4),)),
    midi_bytes(
        bars_of(16, 3, program=33),
        Track(((0, 1, 36), (4, 5, 38), (8, 9, 36)), channel=9),
        tempos=((0, 97.0), (9, 60.0), (23, 140.0)),
        metres=((0, 4, 4), (16, 7, 8)),
    ),
    raw_midi(b"\x00\x90\x3c\x40\x10\x3c\x00\x00\xe0\x01\x40\x00\xb0\x40\x7f\x00\xff\x2f\x00"),
)


def test_a_song_holds_what_the_file_says() -> None:
    """Notes, tempo, metre, programs, names and the fingerprint of the bytes."""
    song = read_midi(SEEDS[0], name="tune.mid")
    assert song.name == "tune.mid"
    assert song.sha256 == hashlib.sha256(SEEDS[0]).hexdigest()
    assert [note.pitch for note in song.sequence.notes] == [60, 64, 67, 72]
    assert {note.program for note in song.sequence.notes} == {73}
    assert song.sequence.instrument_infos[0].name == "Melody"
    assert (song.sequence.time_signatures[0].numerator, song.qpm) == (3, 120.0)


@pytest.mark.parametrize("data", SEEDS[:2])
def test_note_seq_hears_the_same(data: bytes) -> None:
    """Its reader, much slower, finds the same notes at the same time."""

    def heard(sequence: note_seq.NoteSequence) -> list[tuple[float, int, int, bool, int]]:
        return sorted(
            (round(n.start_time, 6), n.pitch, n.velocity, n.is_drum, n.program)
            for n in sequence.notes
        )

    expected = note_seq.midi_io.midi_to_note_sequence(data)
    assert heard(read_midi(data, name="x.mid").sequence) == heard(expected)


def test_a_name_cannot_be_a_path() -> None:
    """Names come from strangers and end up in sentences and file names."""
    assert read_midi(SEEDS[0], name="../../etc/passwd.mid").name == "passwd.mid"
    assert read_midi(SEEDS[0], name=r"C:\music\tune.mid").name == "tune.mid"


def test_drums_on_several_tracks_are_one_kit() -> None:
    """Many programs write each drum on a track of its own; they are heard as one."""
    kick = Track(((0, 1, 36),), name="Kick", channel=9)
    snare = Track(((4, 5, 38),), name="Snare", channel=9)
    song = read_midi(midi_bytes(bars_of(16, 1), kick, snare), name="x.mid")
    assert sorted({note.instrument for note in song.sequence.notes if note.is_drum}) == [1]
    assert [info.name for info in song.sequence.instrument_infos] == ["Drums (2 tracks)"]


def test_channels_of_one_track_are_instruments_of_their_own() -> None:
    """A file of format 0 has all of them on one track."""
    body = b"\x00\x90\x3c\x40\x00\x91\x30\x40\x10\x80\x3c\x00\x00\x81\x30\x00"
    song = read_midi(raw_midi(body, kind=0), name="x.mid")
    assert sorted((n.instrument, n.pitch) for n in song.sequence.notes) == [(0, 60), (1, 48)]


def test_a_program_change_does_not_split_a_track() -> None:
    """A guitar that turns its distortion on is still the same guitar."""
    body = b"\x00\xc0\x19\x00\x90\x3c\x40\x10\x3c\x00\x00\xc0\x1d\x00\x90\x3e\x40\x10\x3e\x00"
    song = read_midi(raw_midi(body), name="x.mid")
    assert [(n.instrument, n.program) for n in song.sequence.notes] == [(0, 25), (0, 29)]


def test_a_tempo_stated_twice_changes_nothing() -> None:
    """Only changes are changes."""
    song = read_midi(midi_bytes(bars_of(16, 2), tempos=((0, 90.0), (16, 90.0))), name="x.mid")
    assert len(song.sequence.tempos) == 1


def test_36_bytes_that_claim_hours_are_refused_at_once() -> None:
    """The end of the last note is known before anything is built for it."""
    bomb = raw_midi(b"\x00\x90\x3c\x40\xff\xff\xff\x7f\x3c\x00", division=1)
    assert len(bomb) <= 36
    began = time.perf_counter()
    with pytest.raises(MidiReadError, match="minutes") as caught:
        read_midi(bomb, name="bomb.mid")
    assert time.perf_counter() - began < 0.1
    assert "20 minutes" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (raw_midi(b"\x00\xff\x2f\x00"), "holds no notes"),
        (
            raw_midi(b"\x00\xff\x51\x03\0\0\1\x00\x90\x3c\x40\x83\xff\xff\x7f\x3c\x00", division=1),
            "beats",
        ),
        (raw_midi(*[b"\x00\x90\x3c\x40\x10\x3c\x00"] * 129), "129 instruments"),
    ],
)
def test_songs_that_are_none_are_refused(data: bytes, sentence: str) -> None:
    """Silence, absurd tempos, and more instruments than any orchestra."""
    with pytest.raises(MidiReadError, match=sentence):
        read_midi(data, name="x.mid")


def _read_or_refuse(data: bytes) -> None:
    """Read ``data``; anything but a song or a MidimeError fails the test."""
    began = time.process_time()
    try:
        song = read_midi(data, name="fuzz.mid")
    except MidimeError as error:
        explained = bool(str(error) and error.remedy)
    else:
        explained = song.n_bars >= 0 and song.qpm > 0
    assert explained
    assert time.process_time() - began < 2  # Other processes of a busy machine do not count.


FUZZ = settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@FUZZ
@given(st.sampled_from(SEEDS), st.data())
def test_a_file_cut_off_anywhere_is_read_or_refused(seed: bytes, data: st.DataObject) -> None:
    """Half a download is no reason to fall over."""
    _read_or_refuse(seed[: data.draw(st.integers(0, len(seed)))])


@FUZZ
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_file_with_wrong_bytes_is_read_or_refused(
    seed: bytes, changes: list[tuple[int, int]]
) -> None:
    """Whatever byte is changed into whatever."""
    damaged = bytearray(seed)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    _read_or_refuse(bytes(damaged))


@FUZZ
@given(
    st.lists(st.binary(max_size=80), max_size=4),
    st.integers(0, 0xFFFF),
    st.integers(0, 3),
    st.integers(0, 6),
)
def test_any_bytes_in_a_track_are_read_or_refused(
    bodies: list[bytes], division: int, kind: int, n_tracks: int
) -> None:
    """A correct frame around nonsense."""
    _read_or_refuse(raw_midi(*bodies, division=division, kind=kind, n_tracks=n_tracks))


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(data: bytes) -> None:
    """With and without the magic word."""
    _read_or_refuse(data)
    _read_or_refuse(b"MThd\0\0\0\6" + data)


EVENT = st.one_of(
    st.tuples(st.integers(0x80, 0xBF), st.integers(0, 127), st.integers(0, 127)).map(bytes),
    st.tuples(st.just(0xC0), st.integers(0, 127)).map(bytes),
    st.binary(min_size=3, max_size=3).map(lambda tempo: b"\xff\x51\x03" + tempo),
    st.binary(min_size=4, max_size=4).map(lambda metre: b"\xff\x58\x04" + metre),
    st.just(b"\x90\x3c\x40"),
    st.just(b"\x80\x3c\x40"),
)


@FUZZ
@given(
    st.lists(st.tuples(st.integers(0, 127), EVENT), max_size=40),
    st.sampled_from([1, 2, 24, 96, 480, 32767]),
)
def test_any_music_can_be_read_or_refused(events: list[tuple[int, bytes]], division: int) -> None:
    """Correct events in an order that no musician would play."""
    body = b"".join(bytes([delta]) + event for delta, event in events)
    _read_or_refuse(raw_midi(body, division=division))


_PROBE = """
import json, resource, sys, time
import note_seq  # What the application has loaded anyway is not counted.
from midime_engine.errors import MidimeError
from midime_engine.music.midi_io import read_midi
from tests.unit.music.test_midi_io import heaviest

files = heaviest()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 300_000_000,) * 2)
seconds = {}
for name, data in files.items():
    began = time.process_time()
    try:
        read_midi(data, name=name)
    except MidimeError:
        pass
    seconds[name] = time.process_time() - began
print(json.dumps(seconds))
"""


def heaviest() -> dict[str, bytes]:
    """The files that cost most under the limits of size, notes and events."""
    note = b"\x00\x90\x3c\x40\x10\x3c\x00"
    return {
        "notes": raw_midi(b"\x00\x90" + b"\x3c\x40\x00\x3c\x00\x10" * 49_999 + b"\xff\x2f\x00"),
        "held notes": raw_midi(b"\x00\x90" + b"\x3c\x40\x00" * 140_000 + b"\xff\x2f\x00"),
        "bends": raw_midi(note + b"\x00\xe0" + b"\x01\x40\x00" * 140_000 + b"\xff\x2f\x00"),
        "tempos": raw_midi(b"\x01\xff\x51\x03\0\1\1\x01\xff\x51\x03\0\1\2" * 9_999 + note),
        "metres": raw_midi(b"\x78\xff\x58\x04\3\4\1\1\x78\xff\x58\x04\5\4\1\1" * 9_999 + note),
        "names": raw_midi(*[b"\x00\xff\x03\x81\x00" + bytes(128) + note] * 30_000),
        "bytes": raw_midi(b"\x00\xff\x01\xff\xff\x7f" + bytes(2_097_151)),
        "empty tracks": raw_midi(*[b""] * 65_535),
    }


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits memory as Linux does")
def test_the_heaviest_files_stay_within_two_seconds_and_300_mb() -> None:
    """A process that may not take more memory reads or refuses all of them in time."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _PROBE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # The last line: libraries may greet on the way (pyfluidsynth does where CI is set).
    seconds = json.loads(done.stdout.splitlines()[-1])
    assert seconds.keys() == heaviest().keys()
    assert max(seconds.values()) < 2, seconds


@pytest.mark.parametrize("folder", ["converter_cases", "midi"])
def test_real_files_cut_off_or_mutated_are_read_or_refused(
    folder: str, shared_dir: Path, rng: object
) -> None:
    """The reference files, a hundred times damaged each."""
    import numpy as np

    assert isinstance(rng, np.random.Generator)
    files = sorted((shared_dir / "conformance" / folder).glob("*.mid"))
    assert files
    for path in files:
        data = path.read_bytes()
        for _ in range(50):
            _read_or_refuse(data[: int(rng.integers(len(data)))])
            damaged = bytearray(data)
            for position in rng.integers(len(data), size=int(rng.integers(1, 20))):
                damaged[position] = int(rng.integers(256))
            _read_or_refuse(bytes(damaged))
