"""Drums made of sines and noise."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.synthesis.drum_kit import hit

RATE = 44_100


def _centre_hz(sound: np.ndarray) -> float:
    """Centre of gravity of the spectrum."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(sound), 1 / RATE)) / np.sum(power))


@pytest.mark.parametrize("pitch", range(128))
def test_every_key_has_a_sound(pitch: int) -> None:
    """Whatever a file strikes is heard, at full strength, and dies away."""
    sound = hit(pitch, RATE)
    assert np.max(np.abs(sound)) == pytest.approx(1.0)
    assert np.abs(sound[-100:]).max() < 0.05


def test_the_kit_is_ordered_as_it_should_be() -> None:
    """Kick below toms below snare below hi-hat; low tom below high tom."""
    kick, low, high, snare, hat = (_centre_hz(hit(p, RATE)) for p in (36, 45, 50, 38, 42))
    assert kick < low < high < snare < hat


def test_an_open_hat_rings_longer_than_a_closed_one() -> None:
    """That is what tells them apart."""
    assert np.sum(np.square(hit(46, RATE))) > 3 * np.sum(np.square(hit(42, RATE)))


def test_a_hit_is_shared_and_cannot_be_changed() -> None:
    """The cache hands out one array to all."""
    with pytest.raises(ValueError, match="read-only"):
        hit(36, RATE)[0] = 1
