"""Figures that come back, in any key and at any place."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.motifs import kept_motifs, motifs
from tests.support.melodies import drums, melody


def _windows(*texts: str) -> np.ndarray:
    return np.stack([melody(text, n_steps=16) for text in texts])[:, :, None]


def test_a_motif_is_two_gaps_and_two_intervals() -> None:
    """Four notes hold two of them."""
    found = motifs(melody("C4 . E4 G4 . . C4")[None], "melody")
    assert found.tolist() == [[2, 1, 4, 3], [1, 3, 3, -7]]


def test_a_motif_of_drums_is_two_gaps_and_three_strokes() -> None:
    """Kick and hat together are one stroke."""
    found = motifs(drums("k . sh k")[None], "drums")
    assert found.tolist() == [[2, 1, 1, 6, 1]]


def test_a_motif_is_kept_in_another_key_and_elsewhere_in_the_bar() -> None:
    """Transposed by a fourth, a step later."""
    kept = kept_motifs(_windows("C4 . E4 G4"), _windows(". F4 . A4 C5"), parts=("melody",))
    assert kept == {"melody": 1.0}


def test_another_rhythm_or_another_interval_is_another_motif() -> None:
    """One of two is kept."""
    song = _windows("C4 . E4 G4")
    samples = _windows("C4 . E4 G4", "C4 E4 . G4")
    assert kept_motifs(song, samples, parts=("melody",)) == {"melody": 0.5}
    assert kept_motifs(song, _windows("C4 . E4 G#4"), parts=("melody",)) == {"melody": 0.0}


def test_motifs_end_with_their_window() -> None:
    """Two windows of two notes hold none."""
    assert len(motifs(_windows("C4 E4", "G4 C5")[:, :, 0], "melody")) == 0


def test_what_plays_nothing_keeps_nothing() -> None:
    """Silence, and no windows at all."""
    song = _windows("C4 . E4 G4")
    assert kept_motifs(song, song * 0, parts=("melody",)) == {"melody": 0.0}
    assert kept_motifs(song, song[:0], parts=("melody",)) == {"melody": 0.0}


@pytest.mark.parametrize("role", ["melody", "bass", "drums"])
def test_a_song_keeps_its_own_motifs(role, rng) -> None:
    """All of them."""
    song = np.where(rng.random((5, 32, 1)) < 0.4, rng.integers(1, 90, (5, 32, 1)), 0)
    assert kept_motifs(song, song[::-1], parts=(role,)) == {role: 1.0}
