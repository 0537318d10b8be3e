from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import TrainingError
from midime_engine.pretraining.corpora import lines_of_midi, midi_files
from tests.support.midi_files import midi_bytes
from tests.support.songs import track

if TYPE_CHECKING:
    from pathlib import Path

SCALE = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . "
CHORDS = "C3 . . . " * 8


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    """MIDI files only, whatever the case of their ending."""
    path = tmp_path / "corpus.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("b.MID", "a/c.midi", "notes.txt", "a/a.mid"):
            archive.writestr(name, name)
    assert list(midi_files(path)) == [
        ("a/a.mid", b"a/a.mid"),
        ("a/c.midi", b"a/c.midi"),
        ("b.MID", b"b.MID"),
    ]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    """A missing file and one of another kind."""
    text = tmp_path / "corpus.zip"
    text.write_text("no zip")
    for path in (text, tmp_path / "gone.zip"):
        with pytest.raises(TrainingError, match="zip"):
            list(midi_files(path))


def test_a_melody_is_one_line_of_whole_bars() -> None:
    """Eight eighths fill a bar of sixteen steps."""
    (found,) = lines_of_midi(midi_bytes(track(SCALE)), drums=False)
    assert found.steps_per_bar == 16
    assert found.line.tokens[::2].tolist() == [41, 43, 45, 46, 48, 50, 52, 53]


@pytest.mark.parametrize(
    ("numerator", "denominator", "steps"), [(3, 4, 12), (6, 8, 12), (2, 4, 8), (9, 8, 18)]
)
def test_bars_have_the_length_of_their_metre(numerator, denominator, steps) -> None:
    """In sixteenths."""
    data = midi_bytes(track(SCALE * 3), metres=((0, numerator, denominator),))
    (found,) = lines_of_midi(data, drums=False)
    assert found.steps_per_bar == steps
    assert len(found.line.tokens) % steps == 0


def test_songs_that_change_metre_are_left_out() -> None:
    """Windows begin on bar lines, of which there are two kinds then."""
    data = midi_bytes(track(SCALE * 4), metres=((0, 4, 4), (32, 3, 4)))
    assert lines_of_midi(data, drums=False) == []


def test_chords_are_no_melody() -> None:
    """A track of triads is accompaniment."""
    triads = track(CHORDS)
    notes = tuple((a, b, p + third) for a, b, p in triads.notes for third in (0, 4, 7))
    data = midi_bytes(type(triads)(notes), track(SCALE))
    assert len(lines_of_midi(data, drums=False)) == 1


def test_signals_are_no_melody() -> None:
    """Fewer than eight notes."""
    assert lines_of_midi(midi_bytes(track("C4 . D4 . E4 .")), drums=False) == []


def test_drums_are_taken_from_all_drum_tracks_together() -> None:
    """And from nothing else."""
    kicks = track("C2 . . . " * 8, channel=9)  # 36
    hats = track(". . F#2 . " * 8, channel=9)  # 42
    (found,) = lines_of_midi(midi_bytes(kicks, hats, track(SCALE * 4)), drums=True)
    assert found.line.tokens[:4].tolist() == [1, 0, 4, 0]


def test_bytes_that_are_no_midi_are_an_error() -> None:
    """Which preparing windows counts and skips."""
    with pytest.raises(RuntimeError):
        lines_of_midi(b"no music", drums=False)
