"""Sound as data."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.synthesis.audio import Audio, bend_peaks
from midime_engine.synthesis.limits import CEILING, KNEE


def test_duration_and_peak() -> None:
    """Both follow from the samples."""
    samples = np.zeros((22_050, 2), np.float32)
    samples[5, 1] = -0.25
    audio = Audio(samples, 44_100, "test")
    assert (audio.seconds, audio.peak) == (0.5, 0.25)


def test_samples_are_stereo() -> None:
    """Every encoder relies on it."""
    with pytest.raises(ValueError, match="n_frames, 2"):
        Audio(np.zeros(5, np.float32), 44_100, "test")


def test_below_the_knee_nothing_changes() -> None:
    """Bit for bit, so that quiet music is what the synthesiser made."""
    samples = np.linspace(-KNEE, KNEE, 1001, dtype=np.float32).reshape(-1, 1)
    np.testing.assert_array_equal(bend_peaks(samples.copy()), samples)


def test_above_the_knee_order_and_sign_are_kept() -> None:
    """Louder stays louder, and nothing reaches full scale."""
    samples = np.linspace(0, 1.2, 1001, dtype=np.float32)
    bent = bend_peaks(samples.copy())
    assert np.all(np.diff(bent) > 0)
    np.testing.assert_array_equal(bend_peaks(-samples), -bent)
    assert np.max(bend_peaks(np.array([50.0], np.float32))) <= CEILING
