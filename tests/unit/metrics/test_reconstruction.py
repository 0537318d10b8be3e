"""How much survives, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.reconstruction import Reconstruction, reconstruction

_SONG = np.array([[41, 0, 43, 0], [45, 0, 1, 0]])[:, :, None]


def test_what_came_back_whole_scores_one() -> None:
    """All three numbers."""
    assert reconstruction(_SONG, _SONG, parts=("melody",)) == Reconstruction(1.0, 1.0, 1.0)


def test_each_number_by_hand() -> None:
    """One note lost and one added in the first of two windows: 6 of 8 steps, 2 of 3 onsets."""
    decoded = _SONG.copy()
    decoded[0, :, 0] = [41, 44, 0, 0]
    found = reconstruction(_SONG, decoded, parts=("melody",))
    assert found == Reconstruction(6 / 8, pytest.approx(2 / 3), 1 / 2)


def test_padding_does_not_count() -> None:
    """Steps behind the length of a window may hold anything."""
    decoded = _SONG.copy()
    decoded[0, 2:, 0] = 50
    found = reconstruction(_SONG, decoded, parts=("melody",), lengths=[2, 4])
    assert found == Reconstruction(1.0, 1.0, 1.0)
    found = reconstruction(_SONG, decoded, parts=("melody",), lengths=[3, 4])
    assert found == Reconstruction(6 / 7, pytest.approx(2 / 3), 1 / 2)


def test_drum_hits_must_come_back_together() -> None:
    """A step with one hit too few is a lost onset; mask 1 is an onset too."""
    song = np.array([[5, 0, 1, 0]])[:, :, None]
    decoded = np.array([[4, 0, 1, 0]])[:, :, None]
    assert reconstruction(song, decoded, parts=("drums",)) == Reconstruction(3 / 4, 1 / 2, 0.0)


def test_a_song_without_onsets_loses_none() -> None:
    """Silence and no windows score one."""
    silence = np.zeros([2, 4, 1], int)
    assert reconstruction(silence, _SONG, parts=("melody",)).onset_accuracy == 1.0
    none = np.zeros([0, 4, 1], int)
    assert reconstruction(none, none, parts=("melody",)) == Reconstruction(1.0, 1.0, 1.0)


def test_different_shapes_cannot_be_compared() -> None:
    """Of windows, and of lengths."""
    with pytest.raises(ValueError, match="Shapes differ"):
        reconstruction(_SONG, _SONG[:1], parts=("melody",))
    with pytest.raises(ValueError, match=r"lengths must be \[2\]"):
        reconstruction(_SONG, _SONG, parts=("melody",), lengths=[4])
