"""Where songs are cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midime_engine.converters.spans import spans
from midime_engine.music.metre import Bar


def _bars(*metres: tuple[int, int], pickup: bool = False) -> tuple[Bar, ...]:
    found: list[Bar] = []
    start = 0
    for i, (numerator, denominator) in enumerate(metres):
        length = numerator * 16 // denominator
        found.append(Bar(i + (not pickup), start, length, (numerator, denominator)))
        start += length
    return tuple(found)


@pytest.mark.parametrize(
    ("metre", "n_bars", "length"),
    [
        ((4, 4), 2, 32),
        ((2, 2), 2, 32),
        ((3, 4), 2, 24),
        ((6, 8), 2, 24),
        ((9, 8), 1, 18),
        ((5, 4), 1, 20),
        ((7, 8), 2, 28),
        ((12, 8), 1, 24),
        ((2, 4), 4, 32),
    ],
)
def test_a_chunk_holds_as_many_whole_bars_as_fit(
    metre: tuple[int, int], n_bars: int, length: int
) -> None:
    """In a window of 32 steps, whatever the metre."""
    found = spans(_bars(*[metre] * 8), n_steps=32)
    assert len(found) == 8 // n_bars
    assert {(span.n_bars, span.length) for span in found} == {(n_bars, length)}
    assert [span.first_bar for span in found] == list(range(1, 9, n_bars))


def test_a_pickup_is_left_out() -> None:
    """The grid begins with the first full bar."""
    found = spans(_bars((1, 4), (4, 4), (4, 4), pickup=True), n_steps=32)
    assert [(span.first_bar, span.start, span.length) for span in found] == [(1, 4, 32)]


def test_a_last_chunk_may_be_shorter() -> None:
    """Three bars are a chunk of two and a chunk of one."""
    assert [span.length for span in spans(_bars(*[(4, 4)] * 3), n_steps=32)] == [32, 16]


def test_metres_may_change_inside_a_chunk() -> None:
    """As long as the bars fit; the chunk is called after its first bar."""
    found = spans(_bars((3, 4), (4, 4), (4, 4)), n_steps=32)
    assert [(span.n_bars, span.length, span.metre) for span in found] == [
        (2, 28, (3, 4)),
        (1, 16, (4, 4)),
    ]


def test_a_bar_longer_than_the_window_is_cut_on_beats() -> None:
    """9/4 is 36 steps: two pieces of four and five quarter notes."""
    found = spans(_bars((9, 4)), n_steps=32)
    assert [(span.start, span.length, span.first_bar) for span in found] == [
        (0, 16, 1),
        (16, 20, 1),
    ]


def test_a_beat_longer_than_the_window_is_cut_too() -> None:
    """However small the window is."""
    found = spans(_bars((2, 1)), n_steps=5)
    assert sum(span.length for span in found) == 32
    assert max(span.length for span in found) <= 5


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from([1, 2, 4, 8, 16])), min_size=1),
    st.integers(1, 300),
)
def test_every_step_is_in_exactly_one_span(metres: list[tuple[int, int]], n_steps: int) -> None:
    """Nothing overlaps, nothing is left between, nothing is longer than the window."""
    bars = _bars(*metres)
    found = spans(bars, n_steps=n_steps)
    position = 0
    for span in found:
        assert span.start == position
        assert 1 <= span.length <= n_steps
        position += span.length
    assert position == bars[-1].start + bars[-1].length


def test_a_window_has_steps() -> None:
    """Anything else is a programming mistake."""
    with pytest.raises(ValueError, match="at least one step"):
        spans(_bars((4, 4)), n_steps=0)
