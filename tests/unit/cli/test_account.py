from __future__ import annotations

from midime_engine.cli.account import print_material
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.prepare import prepare
from tests.support.songs import midi, track


def test_it_says_the_track_the_chunks_and_what_was_moved(capsys) -> None:
    """Two bars with a note above the piano: one chunk, and one sentence about the note."""
    song = read_midi(midi([track("C9 . . . C4 . . . " + "E4 . . . " * 6)]), name="high.mid")
    print_material(prepare([song], parts=("melody",), n_steps=32))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("high.mid: Melody: ")
    assert lines[1] == "1 chunk from 2 bars."
    assert lines[2].startswith("- 1 note")
