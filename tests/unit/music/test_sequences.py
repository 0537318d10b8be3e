"""The class of all music, without what else its library loads."""

from __future__ import annotations

import subprocess
import sys

from midime_engine.music import sequences

PROBE = """
import sys
from midime_engine import examples
from midime_engine.music.midi_io import read_midi
from midime_engine.music.sequences import note_sequence
song = read_midi(examples.demo().song, name="song.mid")
assert "note_seq" not in sys.modules, "note-seq was loaded"
import note_seq
assert note_seq.NoteSequence is note_sequence() is type(song.sequence), "two classes"
"""


def test_a_song_is_read_before_note_seq_is_loaded_and_is_its_sequence_all_the_same() -> None:
    """The first page does not wait for a library, and nothing later finds another class."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROBE],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_where_its_file_is_elsewhere_the_whole_library_is_loaded(monkeypatch) -> None:
    """A later version of note-seq may look different inside."""
    import note_seq

    found: list[bool] = []
    monkeypatch.setattr(sequences, "_folders", lambda: found.append(True) or ())
    monkeypatch.delitem(sys.modules, "note_seq")
    monkeypatch.setattr(sequences.importlib.util, "find_spec", lambda _: None)
    try:
        again = sequences.note_sequence.__wrapped__()
    finally:
        sys.modules["note_seq"] = note_seq
    assert again is note_seq.NoteSequence
    assert found
