"""Beams show the beat."""

from __future__ import annotations

from midime_engine.notation.beams import beams_of
from midime_engine.notation.staves import Event


def bar(*lengths: int) -> list[Event]:
    """Notes one after the other; negative lengths are rests."""
    events, now = [], 0
    for length in lengths:
        pitches = (60,) if length > 0 else ()
        events.append(Event(now, abs(length), pitches, 80, is_tied_back=False, is_tied_on=False))
        now += abs(length)
    return events


def test_eighths_are_joined_by_beats() -> None:
    """Two in a quarter, three in 6/8."""
    assert beams_of(bar(2, 2, 2, 2), beat=4) == [("begin",), ("end",)] * 2
    assert beams_of(bar(2, 2, 2), beat=6) == [("begin",), ("continue",), ("end",)]


def test_sixteenths_have_a_second_beam() -> None:
    """Where two stand together; alone it is a hook towards its neighbour."""
    assert beams_of(bar(1, 1, 2), beat=4) == [("begin", "begin"), ("continue", "end"), ("end",)]
    assert beams_of(bar(3, 1), beat=4) == [("begin",), ("end", "backward hook")]
    assert beams_of(bar(1, 3), beat=4) == [("begin", "forward hook"), ("end",)]
    assert beams_of(bar(1, 2, 1), beat=4) == [
        ("begin", "forward hook"),
        ("continue",),
        ("end", "backward hook"),
    ]


def test_what_stands_alone_has_no_beam() -> None:
    """Between rests, or beside long notes."""
    assert beams_of(bar(2, -2, 1, -2, 1, 4), beat=4) == [()] * 6
