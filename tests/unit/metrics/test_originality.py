"""How much is copied, counted by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.metrics.originality import Nearest, nearest_windows, originality


def _melody(*windows: list[int]) -> np.ndarray:
    """Windows of pitches, with 0 for nothing and 1 for note off."""
    tokens = np.array(windows)
    return np.where(tokens > 1, tokens - 19, tokens)[:, :, None]


_SONG = _melody([60, 0, 62, 0, 64, 0, 65, 0], [67, 0, 0, 0, 0, 0, 72, 1])


def _of(samples: np.ndarray, song: np.ndarray = _SONG) -> tuple[float, int]:
    found = originality(song, samples, parts=("melody",), steps_per_bar=4)
    return found.copied_bars, found.longest_run


def test_the_song_copies_itself() -> None:
    """Every bar is copied, and the longest run is the longest window."""
    found = originality(_SONG, _SONG, parts=("melody",), steps_per_bar=4)
    assert (found.n_bars, found.copied_bars, found.longest_run) == (4, 1.0, 4)
    assert found.nearest == (Nearest(0, 1.0), Nearest(1, 1.0))


def test_a_bar_is_copied_wherever_it_stands() -> None:
    """The second bar of the song as the first of the sample; the other bar is new."""
    assert _of(_melody([64, 0, 65, 0, 61, 0, 61, 0]))[0] == 0.5


def test_one_changed_note_or_length_makes_a_bar_original() -> None:
    """Note for note means pitch, place and duration."""
    assert _of(_melody([60, 0, 63, 0, 64, 0, 66, 0]))[0] == 0.0
    assert _of(_melody([60, 1, 62, 0, 64, 0, 65, 1]))[0] == 0.0


def test_silent_bars_are_not_counted_as_copies() -> None:
    """One copied bar and one silent one are all copied; silence alone copies nothing."""
    assert _of(_melody([60, 0, 62, 0, 1, 0, 0, 0])) == (1.0, 2)
    assert _of(_melody([0, 0, 0, 0, 1, 0, 0, 0])) == (0.0, 0)


def test_a_note_held_over_the_bar_line_does_not_hide_a_copy() -> None:
    """What sounded before, and its end within the bar, are not part of the bar."""
    assert _of(_melody([70, 0, 0, 0, 1, 0, 72, 1]))[0] == 0.5


def test_a_run_needs_the_pitches_and_the_steps_between_them() -> None:
    """The first three notes at another place in the bar are a run; stretched they are not."""
    assert _of(_melody([0, 0, 60, 0, 62, 0, 64, 61]))[1] == 3
    assert _of(_melody([60, 0, 0, 62, 0, 0, 64, 0]))[1] == 1
    assert _of(_melody([61, 0, 63, 0, 0, 0, 0, 0]))[1] == 0


def test_a_run_may_cross_the_windows_of_the_song_but_not_of_the_samples() -> None:
    """The song goes on from one window into the next; samples are pieces of their own."""
    assert _of(_melody([65, 0, 67, 0, 0, 0, 0, 0]))[1] == 2
    assert _of(_melody([0, 0, 0, 0, 64, 0, 65, 0], [67, 0, 0, 0, 0, 0, 0, 0]))[1] == 2


def test_the_nearest_chunk_is_the_one_that_shares_most_events() -> None:
    """Two of its three onsets coincide with two of the first window's four: 2 of 5."""
    found = originality(
        _SONG, _melody([60, 0, 62, 0, 0, 61, 0, 0]), parts=("melody",), steps_per_bar=4
    )
    assert found.nearest == (Nearest(0, pytest.approx(2 / 5)),)


def test_idle_note_offs_do_not_count_for_the_nearest_chunk() -> None:
    """An off that ends nothing is no event."""
    song, sample = _melody([1, 0, 60, 0, 0, 0, 0, 1]), _melody([0, 1, 60, 0, 0, 0, 0, 1])
    found = originality(song, sample, parts=("melody",), steps_per_bar=4)
    assert found.nearest == (Nearest(0, 1.0),)


def test_several_parts_are_copied_only_together_and_reported_apart() -> None:
    """A copied melody over new drums is no copied bar, but a copied melody."""
    drums = np.array([[1, 0, 2, 0, 1, 0, 2, 0], [0] * 8])[:, :, None]
    song = np.concatenate([_SONG, drums], axis=2)
    sample = song[:1].copy()
    sample[0, 4:, 1] = [1, 1, 1, 1]
    found = originality(song, sample, parts=("melody", "drums"), steps_per_bar=4)
    assert found.copied_bars == 0.5
    assert found.copied_bars_by_part == {"melody": 1.0, "drums": 0.5}
    assert found.longest_run_by_part == {"melody": 4, "drums": 3}
    assert found.longest_run == 4


def test_nothing_copies_nothing() -> None:
    """No samples, no song: zeros and no neighbours, and no error."""
    nothing = np.zeros([0, 8, 1], int)
    assert _of(nothing) == (0.0, 0)
    found = originality(nothing, _SONG, parts=("melody",), steps_per_bar=4)
    assert (found.n_bars, found.copied_bars, found.longest_run, found.nearest) == (4, 0.0, 0, ())


def test_a_report_can_hold_it() -> None:
    """Plain data, ready for JSON."""
    found = originality(_SONG, _SONG[:1], parts=("melody",), steps_per_bar=4).to_json()
    assert json.loads(json.dumps(found))["nearest"] == [{"chunk": 0, "agreement": 1.0}]


def test_windows_of_different_length_cannot_be_compared() -> None:
    """A programming mistake."""
    with pytest.raises(ValueError, match="8, 4 steps"):
        originality(_SONG, _SONG[:, :4], parts=("melody",), steps_per_bar=4)


def test_the_nearest_window_alone_is_the_same() -> None:
    """And windows of another length are refused like everywhere."""
    samples = _melody([60, 0, 62, 0, 61, 0, 61, 0], [67, 0, 0, 0, 0, 0, 72, 0])
    whole = originality(_SONG, samples, parts=("melody",), steps_per_bar=4)
    assert nearest_windows(_SONG, samples, parts=("melody",)) == whole.nearest
    with pytest.raises(ValueError, match="length"):
        nearest_windows(_SONG, samples[:, :4], parts=("melody",))
