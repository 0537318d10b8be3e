"""Bars."""

from __future__ import annotations

import pytest
from note_seq import NoteSequence

from midime_engine.music.metre import Bar, bars, longest_metre


def _bars(n_steps: int, *metres: tuple[int, int, int]) -> tuple[Bar, ...]:
    """Bars of a piece whose metres begin on the steps given, at 120 quarter notes a minute."""
    sequence = NoteSequence()
    for step, numerator, denominator in metres:
        sequence.time_signatures.add(time=step / 8, numerator=numerator, denominator=denominator)
    return bars(sequence, n_steps=n_steps)


def _starts(found: tuple[Bar, ...]) -> list[int]:
    return [bar.start for bar in found]


@pytest.mark.parametrize(
    ("metre", "length"),
    [((4, 4), 16), ((3, 4), 12), ((6, 8), 12), ((9, 8), 18), ((5, 4), 20), ((7, 8), 14)],
)
def test_bars_follow_the_metre(metre: tuple[int, int], length: int) -> None:
    """Whatever the metre is."""
    found = _bars(3 * length, (0, *metre))
    assert found == tuple(Bar(i + 1, i * length, length, metre) for i in range(3))


def test_without_a_time_signature_it_is_common_time() -> None:
    """As note-seq and every player assume."""
    assert _bars(20) == (Bar(1, 0, 16, (4, 4)), Bar(2, 16, 16, (4, 4)))


def test_a_new_metre_begins_a_bar_even_inside_one() -> None:
    """The bar before it ends there."""
    found = _bars(64, (0, 4, 4), (24, 3, 4))
    assert _starts(found) == [0, 16, 24, 36, 48, 60]
    assert found[1] == Bar(2, 16, 8, (4, 4))


def test_a_short_first_bar_is_a_pickup() -> None:
    """It has number 0, and the first full bar is number 1."""
    found = _bars(36, (0, 1, 4), (4, 4, 4))
    assert [bar.number for bar in found] == [0, 1, 2]
    assert found[0].length == 4


def test_metres_in_alternation_begin_with_no_pickup() -> None:
    """A 3/4 bar before a single 4/4 bar is music of its own."""
    assert _bars(56, (0, 3, 4), (12, 4, 4), (28, 3, 4), (40, 4, 4))[0].number == 1


def test_bars_of_no_whole_number_of_steps_begin_on_the_nearest_step() -> None:
    """3/32 lasts a step and a half."""
    assert _starts(_bars(6, (0, 3, 32))) == [0, 2, 3, 5]


def test_bars_shorter_than_a_step_become_a_step() -> None:
    """Every bar has music in it, and there are never more bars than steps."""
    assert _starts(_bars(4, (0, 1, 64))) == [0, 1, 2, 3]


def test_a_metre_after_the_end_is_ignored() -> None:
    """Only music has bars."""
    assert len(_bars(16, (0, 4, 4), (400, 3, 4))) == 1


def test_the_longest_metre_is_counted_in_steps() -> None:
    """Three bars of 3/4 are longer than two of 4/4."""
    assert longest_metre(_bars(68, (0, 4, 4), (32, 3, 4))) == (3, 4)
    assert longest_metre(()) == (4, 4)
