"""What happens in a window of tokens."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.events import bars, is_onset, onsets, place_in_bar, validate

_C, _D = 41, 43  # Classes of pitches 60 and 62.


def test_a_note_lasts_until_the_next_event_or_the_end() -> None:
    """An onset, a note off and the end of the window each end a note."""
    line = np.array([[_C, 0, _D, 0, 1, 0, _C, 0], [0, 1, 0, 0, 0, 0, 0, _D]])
    found = onsets(line, "melody")
    assert found.window.tolist() == [0, 0, 0, 1]
    assert found.step.tolist() == [0, 2, 6, 7]
    assert found.token.tolist() == [_C, _D, _C, _D]
    assert found.duration.tolist() == [2, 2, 2, 1]
    assert len(found) == 4


def test_every_drum_token_but_zero_is_an_onset() -> None:
    """Mask 1 is a kick, not a note off."""
    assert onsets(np.array([[0, 1, 5, 0]]), "drums").token.tolist() == [1, 5]
    assert is_onset(np.array([0, 1, 2]), "drums").tolist() == [False, True, True]
    assert is_onset(np.array([0, 1, 2]), "bass").tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("steps_per_bar", "expected_bar", "expected_place"),
    [
        (2, [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]),
        (1.5, [0, 0, 1, 2, 2, 3], [0, 1, 0, 0, 1, 0]),
        (48, [0] * 6, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_steps_have_a_bar_and_a_place_in_it(
    steps_per_bar: float, expected_bar: list[int], expected_place: list[int]
) -> None:
    """Also where a bar is no whole number of steps, or longer than the window."""
    bar, place = place_in_bar(np.arange(6), steps_per_bar=steps_per_bar)
    assert bar.tolist() == expected_bar
    assert place.tolist() == expected_place


def test_bars_forget_note_offs_that_end_nothing_in_them() -> None:
    """The same notes make the same bar, whatever sounded before the bar line."""
    tokens = np.array([[_C, 0, 0, 0, 1, 0, _D, 1], [1, 0, 1, 0, 0, 0, _D, 1]])[:, :, None]
    cut = bars(tokens, parts=("melody",), steps_per_bar=4)[:, :, 0]
    assert cut.tolist() == [[_C, 0, 0, 0], [0, 0, _D, 1], [0, 0, 0, 0], [0, 0, _D, 1]]


def test_a_second_note_off_is_forgotten_too() -> None:
    """Only the first one ends the note."""
    tokens = np.array([_C, 1, 1, 0])[None, :, None]
    assert bars(tokens, parts=("bass",), steps_per_bar=4)[0, :, 0].tolist() == [_C, 1, 0, 0]


def test_drum_masks_are_not_taken_for_note_offs() -> None:
    """Kicks stay."""
    tokens = np.array([1, 1, 0, 1])[None, :, None]
    assert bars(tokens, parts=("drums",), steps_per_bar=2)[:, :, 0].tolist() == [[1, 1], [0, 1]]


def test_uneven_bars_are_filled_up() -> None:
    """One and a half steps to the bar: bars of two steps and of one in turn."""
    tokens = np.array([_C, _C, _C, _C, _C, _C])[None, :, None]
    cut = bars(tokens, parts=("melody",), steps_per_bar=1.5)[:, :, 0]
    assert (cut > 0).sum(axis=1).tolist() == [2, 1, 2, 1]


@pytest.mark.parametrize(
    ("tokens", "parts"),
    [
        (np.zeros([4, 8]), ("melody",)),
        (np.zeros([4, 8, 2]), ("melody",)),
        (np.full([1, 8, 1], 90), ("melody",)),
        (np.full([1, 8, 1], -1), ("bass",)),
        (np.full([1, 8, 1], 512), ("drums",)),
    ],
)
def test_other_arrays_are_refused(tokens: np.ndarray, parts: tuple) -> None:
    """Shapes and classes are checked."""
    with pytest.raises(ValueError, match="must be"):
        validate(tokens, parts)


def test_no_windows_have_no_events() -> None:
    """Empty input gives empty output in every function."""
    empty = validate(np.zeros([0, 8, 1]), ("melody",))
    assert len(onsets(empty[:, :, 0], "melody")) == 0
    assert bars(empty, parts=("melody",), steps_per_bar=4).shape == (0, 4, 1)
