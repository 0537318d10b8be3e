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
    """Whatever a file strikes is heard, and dies away."""
    sound = hit(pitch, RATE)
    assert 0.1 < np.max(np.abs(sound)) <= 1.0
    assert np.abs(sound[-100:]).max() < 0.05


def test_the_snare_is_the_loudest_and_the_cymbals_stay_behind() -> None:
    """The balance of a kit as it is recorded."""
    peaks = {pitch: np.max(np.abs(hit(pitch, RATE))) for pitch in (36, 38, 42, 51)}
    assert peaks[38] > peaks[36] > peaks[42] > peaks[51]


def test_the_kit_is_ordered_as_it_should_be() -> None:
    """Kick below toms below snare below hi-hat; low tom below high tom."""
    kick, low, high, snare, hat = (_centre_hz(hit(p, RATE)) for p in (36, 45, 50, 38, 42))
    assert kick < low < high < snare < hat


def test_an_open_hat_rings_longer_than_a_closed_one() -> None:
    """That is what tells them apart."""
    assert np.sum(np.abs(hit(46, RATE)) > 0.02) > 2 * np.sum(np.abs(hit(42, RATE)) > 0.02)


def test_a_hit_is_shared_and_cannot_be_changed() -> None:
    """The cache hands out one array to all."""
    with pytest.raises(ValueError, match="read-only"):
        hit(36, RATE)[0] = 1
