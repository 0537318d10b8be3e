"""Triads are recognised in bars of known harmony."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.music.chords import Triad, triads

PITCHES = dict(
    zip(["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"], range(12), strict=True)
)


def bar(notes: str) -> np.ndarray:
    """A bar of quarter notes; what is named twice sounds twice as long."""
    durations = np.zeros(12)
    for name in notes.split():
        durations[PITCHES[name]] += 1.0
    return durations


def names(*bars: str) -> list[str]:
    """The triads of a song of these bars."""
    return [triad.name for triad in triads(np.array([bar(notes) for notes in bars]))]


def test_a_triad_is_recognised_in_every_key() -> None:
    """All 24 of them, from their own notes."""
    for is_minor in (False, True):
        for root in range(12):
            triad = Triad(root, is_minor)
            durations = np.zeros((1, 12))
            durations[0, list(triad.pitch_classes)] = 1.0
            assert triads(durations) == (triad,)


def test_a_cadence_is_read_bar_by_bar() -> None:
    """The three chords of most songs, with passing notes between."""
    song = ["C E G E", "F A C A", "G B D F", "C D E C"]
    assert names(*song) == ["C", "F", "G", "C"]


def test_a_minor_song_is_minor() -> None:
    """Of A minor, D minor and E with its raised third."""
    assert names("A C E C", "D F A D", "E Ab B E", "A E A C") == ["Am", "Dm", "E", "Am"]


def test_a_seventh_is_heard_as_its_triad() -> None:
    """The lower three notes of it."""
    assert names("G B D F", "C E G C") == ["G", "C"]


@pytest.mark.parametrize(
    ("rest", "name"), [(["C E G E", "G B D G"], "C"), (["A C E A", "E Ab B E"], "Am")]
)
def test_the_song_decides_between_equals(rest: list[str], name: str) -> None:
    """C and E alone are of C major in the one song and of A minor in the other."""
    assert names("C E C E", *rest)[0] == name


def test_a_silent_bar_goes_on_with_what_was_heard() -> None:
    """A rest at the beginning waits for the first chord."""
    assert names("", "C E G", "", "F A C", "") == ["C", "C", "C", "F", "F"]


def test_without_pitches_there_are_no_chords() -> None:
    """A song of drums, or none at all."""
    assert triads(np.zeros((3, 12))) == (None, None, None)
    assert triads(np.zeros((0, 12))) == ()


def test_names_are_those_above_a_song() -> None:
    """Minor has an m, flats where they are usual."""
    assert [Triad(7, is_minor=False).name, Triad(4, is_minor=True).name] == ["G", "Em"]
    assert Triad(10, is_minor=False).name == "B♭"
