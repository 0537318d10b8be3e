"""Change of sample rate."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.synthesis.resampling import resample


def _sine(hz: float, rate: int, seconds: float = 0.5) -> np.ndarray:
    wave = np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.stack([wave, 0.5 * wave], axis=1).astype(np.float32)


@pytest.mark.parametrize("to_rate", [8_000, 22_050, 44_100, 96_000, 44_101])
def test_a_tone_stays_the_same_tone(to_rate: int) -> None:
    """Same pitch, same phase, same loudness, on both sides."""
    found = resample(_sine(997, 48_000), 48_000, to_rate)
    expected = _sine(997, to_rate)
    assert abs(len(found) - len(expected)) <= 1
    middle = slice(len(expected) // 10, -len(expected) // 10)
    np.testing.assert_allclose(found[: len(expected)][middle], expected[middle], atol=0.002)


def test_what_the_new_rate_cannot_hold_is_removed() -> None:
    """A tone above half the new rate vanishes instead of coming back as another one."""
    assert np.max(np.abs(resample(_sine(9_000, 48_000), 48_000, 8_000)[500:-500])) < 0.01


def test_the_same_rate_changes_nothing() -> None:
    """Not even a rounding."""
    samples = _sine(440, 48_000)
    assert resample(samples, 48_000, 48_000) is samples


def test_nothing_stays_nothing() -> None:
    """An empty recording can be resampled, and so can a single frame."""
    assert resample(np.zeros((0, 2), np.float32), 48_000, 44_100).shape == (0, 2)
    assert resample(np.ones((1, 2), np.float32), 48_000, 44_100).shape == (1, 2)
