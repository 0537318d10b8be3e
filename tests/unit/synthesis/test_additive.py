"""The built-in synthesiser, what is special about it."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.synthesis import additive
from midime_engine.synthesis.score import Score
from tests.support.notes import sequence


@pytest.mark.parametrize("program", range(0, 128, 8))
@pytest.mark.parametrize("pitch", [0, 24, 60, 127])
def test_every_family_plays_every_pitch(program: int, pitch: int) -> None:
    """Something finite is heard from the lowest key to the highest."""
    samples = additive.render(
        Score.of(sequence([(0, 0.3, pitch)], program=program)), sample_rate=22_050
    )
    assert np.isfinite(samples).all()
    assert 0.001 < np.abs(samples).max() < 1


def test_high_notes_do_not_alias() -> None:
    """A high saw tooth has nothing below its own pitch."""
    song = sequence([(0, 1, 108)], program=80)
    samples = additive.render(Score.of(song), sample_rate=44_100)[4_000:40_000, 0]
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    hz = np.fft.rfftfreq(len(samples), 1 / 44_100)
    assert spectrum[hz < 4_000].max() < 0.01 * spectrum.max()


def test_pan_moves_the_sound() -> None:
    """Turned to the left, the left is louder."""
    song = sequence([(0.1, 0.5, 60)])
    song.control_changes.add(time=0, control_number=10, control_value=10)
    left, right = np.abs(additive.render(Score.of(song), sample_rate=22_050)).max(axis=0)
    assert left > 3 * right


def test_notes_end_without_a_click() -> None:
    """No jump between two samples is larger than the wave itself makes."""
    song = sequence([(0, 0.25, 57)], program=73)
    samples = additive.render(Score.of(song), sample_rate=44_100)[:, 0]
    jumps = np.abs(np.diff(samples))
    during = jumps[4_000:10_000].max()
    assert jumps[10_000:].max() <= 1.1 * during
