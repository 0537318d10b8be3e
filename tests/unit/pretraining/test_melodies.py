from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.melodies import drums, figures, melodies, n_onsets
from midime_engine.pretraining.recipe import Recipe
from midime_engine.pretraining.scores import read_score
from tests.support.corpora import BEAT, TUNE, band
from tests.support.midi_files import midi_bytes
from tests.support.songs import Track, track

MELODY = Recipe(("melody",), 32)
DRUMS = Recipe(("drums",), 32)
ARPEGGIO = "C3 E3 G3 C4 E4 C4 G3 E3 "


def chords(text: str, *above: int) -> Track:
    """Each note of ``text`` with others above it."""
    one = track(text)
    return Track(tuple((a, b, p + up) for a, b, p in one.notes for up in (0, *above)))


def test_a_melody_is_cut_bar_by_bar() -> None:
    """Tokens as the converters write them: C4 is 41."""
    windows = melodies(read_score(midi_bytes(track(TUNE * 3))), MELODY)
    assert len(windows) == 2
    assert windows[0].shape == (32, 1)
    assert windows[0][::2, 0].tolist() == [41, 43, 45, 46, 48, 50, 52, 53] * 2


def test_a_window_needs_as_many_notes_as_the_recipe_says() -> None:
    """A bar of rest before the tune makes no window of its own."""
    text = "C4 . . . . . . . . . . . . . . . off" + " ." * 31 + " " + TUNE
    assert len(melodies(read_score(midi_bytes(track(text))), MELODY)) == 1


def test_chords_are_figures_and_no_melody() -> None:
    """Of triads the highest notes are kept."""
    score = read_score(midi_bytes(chords("C4 . . . " * 16, 4, 7)))
    assert melodies(score, MELODY) == []
    assert figures(score, MELODY)[0][0, 0] == 41 + 7


def test_a_melody_is_no_figure() -> None:
    """Else it would count twice."""
    assert figures(read_score(midi_bytes(track(TUNE * 4))), MELODY) == []


def test_the_left_hand_of_a_pianist_is_a_figure_of_its_own() -> None:
    """What it does below C4, besides the highest notes of all."""
    right = tuple((i * 4, i * 4 + 4, 72) for i in range(16))
    left = track(ARPEGGIO * 8).notes
    windows = figures(read_score(midi_bytes(Track(left + right))), MELODY)
    highest = [int(window[0, 0]) for window in windows]
    assert set(highest) == {72 - 19, 48 - 19}
    below = next(window for window in windows if window[0, 0] == 48 - 19)
    assert below[:4, 0].tolist() == [29, 33, 36, 1]  # the C4 is the right hand's


def test_a_long_accompaniment_gives_a_few_windows() -> None:
    """Twenty-four of its highest notes, from the first bar to the last."""
    windows = figures(read_score(midi_bytes(chords("C4 . E4 . " * 4 * 60, 4))), MELODY)
    assert len(windows) == 24


def test_drums_are_masks_of_all_kits() -> None:
    """Kick 1, snare 2, closed hi-hat 4."""
    (window,) = drums(read_score(midi_bytes(track(BEAT * 2, channel=9))), DRUMS)
    assert window[:8:2, 0].tolist() == [1, 4, 2, 4]
    assert drums(read_score(midi_bytes(track(TUNE * 2))), DRUMS) == []


def test_drums_are_no_melody() -> None:
    """Not even those of a band."""
    assert len(melodies(read_score(band(2)), MELODY)) == 2


@pytest.mark.parametrize("cut", [melodies, figures, drums])
def test_silence_gives_nothing(cut) -> None:
    """A file without a note."""
    assert cut(read_score(midi_bytes(Track(()))), MELODY) == []


def test_onsets_are_counted_without_note_offs() -> None:
    """Token 1 ends a note."""
    assert n_onsets(np.array([41, 0, 1, 43, 0, 0, 1], np.int32)) == 2
