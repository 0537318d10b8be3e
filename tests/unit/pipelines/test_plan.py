"""Slots fill a piece of any length, in any metre."""

from __future__ import annotations

import pytest

from midime_engine.errors import OptionError
from midime_engine.music.playback import Playback
from midime_engine.pipelines.plan import MAX_BARS, MIN_BARS, Frame, require_bars


@pytest.mark.parametrize(
    ("playback", "n_steps", "n_bars", "lengths"),
    [
        (Playback(), 32, 8, [32] * 4),
        (Playback(), 256, 8, [128]),
        (Playback(), 256, 40, [256, 256, 128]),
        (Playback(numerator=3, n_steps=24), 32, 9, [24] * 4 + [12]),
        (Playback(numerator=7, denominator=8, n_steps=28), 32, 8, [28] * 4),
        (Playback(numerator=12, n_steps=24), 32, 8, [24] * 16),
    ],
)
def test_slots_fill_the_bars(playback, n_steps, n_bars, lengths) -> None:
    """Of two bars, of sixteen, of a waltz, and of bars that are longer than a window."""
    frame = Frame.of(playback, n_steps)
    assert frame.lengths(n_bars) == lengths
    assert sum(lengths) == n_bars * playback.steps_per_bar


def test_bars_of_a_slot_are_counted_as_chunks_count_them() -> None:
    """Half a bar of twelve four is one."""
    assert Frame(24, 12.0).n_bars(24) == 2
    assert Frame(24, 48.0).n_bars(24) == 1


@pytest.mark.parametrize("n_bars", [0, MIN_BARS - 1, MAX_BARS + 1])
def test_other_lengths_are_refused(n_bars: int) -> None:
    """With the range in the sentence."""
    with pytest.raises(OptionError, match="8 to 64"):
        require_bars(n_bars)


def test_an_absurd_metre_is_refused() -> None:
    """A file of a stranger must not keep a server busy for hours."""
    with pytest.raises(OptionError, match="too long"):
        Frame.of(Playback(numerator=100_000, n_steps=24), 32).lengths(8)
