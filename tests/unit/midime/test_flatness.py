"""The rule for a flat loss curve."""

from __future__ import annotations

import numpy as np

from midime_engine.midime.flatness import SMALLEST_GAIN, WINDOW, is_flat


def test_a_short_curve_is_never_flat() -> None:
    """Two whole windows are needed."""
    assert not is_flat([1.0] * (2 * WINDOW - 1))
    assert is_flat([1.0] * (2 * WINDOW))


def test_a_falling_curve_is_not_flat_and_a_rising_one_is() -> None:
    """Only a fall is worth going on for."""
    falling = np.linspace(10.0, 1.0, 3 * WINDOW)
    assert not is_flat(falling.tolist())
    assert is_flat(falling[::-1].tolist())


def test_the_gain_is_measured_between_window_means() -> None:
    """Just above the smallest gain goes on, just below stops; older values do not matter."""
    for factor, flat in ((1.1, False), (0.9, True)):
        now = 2.0 * (1 - factor * SMALLEST_GAIN)
        assert is_flat([99.0, *[2.0] * WINDOW, *[now] * WINDOW]) is flat


def test_noise_that_averages_out_hides_nothing() -> None:
    """A curve that swings about a falling mean goes on."""
    swing = np.tile([0.5, -0.5], WINDOW)
    assert not is_flat((np.repeat([10.0, 9.0], WINDOW) + swing).tolist())
