"""Where a song is cut: as many whole bars as fit a window, at least one.

Two bars of 4/4 fill a window of 32 steps; two of 3/4 take 24 of it, four of 2/4 all of it, one of
5/4 takes 20. A bar longer than the window is cut on beats into the fewest pieces that fit, as
equal as the beats allow. A pickup is left out: its few notes would shift every bar line or stand
alone in a window of silence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.music.metre import Bar

__all__ = ["Span", "spans"]


class Span(NamedTuple):
    """A piece of the song that becomes one chunk."""

    first_bar: int
    """Counted from 1."""

    n_bars: int
    start: int
    """First step."""

    length: int
    """Steps, at most the window."""

    metre: tuple[int, int]
    """Numerator and denominator of its first bar."""


def spans(bars: tuple[Bar, ...], *, n_steps: int) -> tuple[Span, ...]:
    """Cut ``bars`` for windows of ``n_steps``; a pickup (bar 0) is left out.

    Raises:
        ValueError: if ``n_steps`` is not positive.
    """
    if n_steps < 1:
        raise ValueError(f"A window has at least one step; got {n_steps}.")
    found: list[Span] = []
    open_span: Span | None = None
    for bar in bars:
        if bar.number == 0:
            continue
        if open_span is not None and open_span.length + bar.length <= n_steps:
            n_bars, length = open_span.n_bars + 1, open_span.length + bar.length
            open_span = open_span._replace(n_bars=n_bars, length=length)
            continue
        if open_span is not None:
            found.append(open_span)
        *whole, open_span = _pieces(bar, n_steps)
        found += whole
    if open_span is not None:
        found.append(open_span)
    return tuple(found)


def _pieces(bar: Bar, n_steps: int) -> Iterator[Span]:
    """``bar`` itself, or the fewest pieces that fit into ``n_steps``."""
    for start, end in pairwise(_lines(bar, n_steps)):
        yield Span(bar.number, 1, start, end - start, bar.metre)


def _lines(bar: Bar, n_steps: int) -> list[int]:
    """Where the pieces of ``bar`` begin, and its end: on beats if that is possible."""
    fewest = -(-bar.length // n_steps)
    for n_units in (bar.metre[0], bar.length):
        for n_pieces in range(fewest, n_units + 1):
            units = [round(i * n_units / n_pieces) for i in range(n_pieces + 1)]
            lines = [bar.start + unit * bar.length // n_units for unit in units]
            lengths = [end - start for start, end in pairwise(lines)]
            if min(lengths) >= 1 and max(lengths) <= n_steps:
                return lines
    raise ValueError(f"{bar} cannot be cut for {n_steps} steps.")
