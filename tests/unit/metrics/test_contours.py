"""Whether two windows rise and fall together."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.contours import contour_correlation

MELODY = ("melody",)


def _window(pitches):
    """One note per step, as tokens."""
    return np.array(pitches, np.int32)[None, :, None]


RISING = _window([40, 42, 44, 45, 47, 49])


def test_a_transposed_melody_keeps_its_contour() -> None:
    """Only the shape counts."""
    assert contour_correlation(RISING, RISING + 5, parts=MELODY) == pytest.approx([1.0])


def test_an_inverted_melody_turns_it_round() -> None:
    """What rises falls."""
    assert contour_correlation(RISING, 90 - RISING, parts=MELODY) == pytest.approx([-1.0])


def test_held_notes_sound_on() -> None:
    """The contour is of what sounds, not of what begins."""
    held = _window([40, 0, 44, 0, 47, 0])
    struck = _window([40, 40, 44, 44, 47, 47])
    assert contour_correlation(held, struck, parts=MELODY) == pytest.approx([1.0])


@pytest.mark.parametrize(
    "other", [_window([50] * 6), _window([40, 42, 44, 1, 0, 0]), _window([0] * 6)]
)
def test_without_movement_or_common_steps_there_is_none(other) -> None:
    """One pitch, three common steps, silence."""
    assert np.isnan(contour_correlation(RISING, other, parts=MELODY)).all()


def test_rests_are_left_out() -> None:
    """A rest in one of them says nothing about the shape."""
    rested = _window([40, 42, 1, 0, 47, 49])
    assert contour_correlation(RISING, rested, parts=MELODY) == pytest.approx([1.0])


def test_drums_have_no_contour() -> None:
    """And the first pitched part of several is asked."""
    assert np.isnan(contour_correlation(RISING, RISING, parts=("drums",))).all()
    both = np.concatenate([RISING[:, :, :] * 0, RISING], axis=2)
    assert contour_correlation(both, both, parts=("drums", "bass")) == pytest.approx([1.0])


def test_shapes_must_agree() -> None:
    """Row by row."""
    with pytest.raises(ValueError, match="Shapes differ"):
        contour_correlation(RISING, RISING[:, :4], parts=MELODY)
