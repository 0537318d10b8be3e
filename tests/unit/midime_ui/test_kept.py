"""What of a variation is the song's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from midime_engine.music.playback import Playback
from midime_ui import cutting, note_sequences
from midime_ui.kept import kept_notes, sentence
from midime_ui.studies import Songless, Study


def test_a_piece_of_the_song_is_kept_as_a_whole(study: Study) -> None:
    """One mark for each note of the music, all of them set; and where it stands is said."""
    window = cutting.material(study).chunks.tokens[1]
    found = kept_notes(study, window)
    assert found is not None
    assert (found.share, found.chunk) == (1.0, 1)
    assert len(found.notes) == len(note_sequences.music(study, window[None])[0].notes)
    assert sentence(study, found) == "100 % of its notes stand in bars 3 to 4 of your song."


def test_music_that_has_nothing_of_the_song_says_so(study: Study) -> None:
    """Its nearest piece is named all the same."""
    window = np.zeros((32, 1), np.int32)
    window[1] = 70
    found = kept_notes(study, window)
    assert found is not None
    assert found.share == 0.0
    assert sentence(study, found).startswith("None of its notes stands in bars ")


def test_there_are_marks_for_all_parts(trio: Study) -> None:
    """Of melody, bass and drums."""
    window = cutting.material(trio).chunks.tokens[0]
    found = kept_notes(trio, window)
    assert found is not None
    assert len(found.notes) == len(note_sequences.music(trio, window[None])[0].notes)


def test_without_the_song_there_is_nothing_to_compare_with(study: Study) -> None:
    """A MidiMe that was opened without its song."""
    songless = replace(study, sources=(), songless=Songless("Tune", Playback()))
    assert kept_notes(songless, np.zeros((32, 1), np.int32)) is None
