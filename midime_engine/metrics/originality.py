"""How much of a collection of samples is copied from the song.

* *Copied bars*: share of the sampled bars that are equal note for note to some bar of the song,
  wherever it stands there. Equal means that the same notes begin at the same places and last
  equally long within the bar. Bars in which nothing begins are left out. Of several parts, all
  must agree; shares of single parts are given beside.
* *Longest copied run*: the most successive notes of one part of one sample that occur in the
  song with the same pitches and the same steps between their onsets; for drums, successive
  struck steps with the same hits. The song's windows are read one after another, so a run may
  cross from one into the next; it may begin anywhere in a bar. 0 if no note is shared, and a
  single note that the song has too is a run of 1.
* *Nearest chunk*: for each sample, the window of the song that agrees best with it. *Agreement*
  is the share of the events (onsets, and note offs that end a note) of either that are the same
  at the same step in both; holding and silence are not counted. 1 for equal windows (also for
  two silent ones), 0 when nothing coincides. The first of equally near windows is named.

A share of no bars is 0: what plays nothing copies nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from midime_engine.metrics.events import bars, is_onset, onsets, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["Nearest", "Originality", "copied_bars", "nearest_windows", "originality"]


@dataclass(frozen=True, slots=True)
class Nearest:
    """Which window of the song a sample resembles most."""

    chunk: int
    """Index of the window in the song, from 0."""

    agreement: float
    """Share of their events that coincide, in 0..1."""


@dataclass(frozen=True, slots=True)
class Originality:
    """How much of some samples is copied; the module's docstring defines each number."""

    n_bars: int
    """Sampled bars in which something begins."""

    copied_bars: float
    """Share of them that is copied in all parts at once, in 0..1."""

    copied_bars_by_part: Mapping[Role, float]
    """The same of each part alone, out of the bars in which that part begins something."""

    longest_run: int
    """Notes of the longest copied run in any part."""

    longest_run_by_part: Mapping[Role, int]
    """The same of each part alone."""

    nearest: tuple[Nearest, ...]
    """One per sample; empty if the song has no windows."""

    def to_json(self) -> dict[str, Any]:
        """As plain data for a report."""
        return asdict(self)


def originality(
    source: IntArray, samples: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float
) -> Originality:
    """Compare ``samples`` with the ``source`` they were made from.

    Both are ``[n, steps, parts]`` with as many steps; ``n`` may differ, and be 0.

    Raises:
        ValueError: If the tokens break the conventions of this package.
    """
    source, samples = validate(source, parts), validate(samples, parts)
    _require_same_length(source, samples)
    ours, theirs = (
        bars(tokens, parts=parts, steps_per_bar=steps_per_bar) for tokens in (source, samples)
    )
    n_bars, copied = _copied(ours, theirs, parts)
    by_part = {
        role: _copied(ours[:, :, [i]], theirs[:, :, [i]], (role,))[1]
        for i, role in enumerate(parts)
    }
    runs = {
        role: _longest_run(source[:, :, i], samples[:, :, i], role) for i, role in enumerate(parts)
    }
    return Originality(
        n_bars=n_bars,
        copied_bars=copied,
        copied_bars_by_part=by_part,
        longest_run=max(runs.values(), default=0),
        longest_run_by_part=runs,
        nearest=_nearest(source, samples, parts),
    )


def copied_bars(
    source: IntArray, samples: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float
) -> float:
    """The share of copied bars alone, which is quick enough for a whole corpus as ``source``.

    Raises:
        ValueError: If the tokens break the conventions of this package.
    """
    ours, theirs = (
        bars(validate(tokens, parts), parts=parts, steps_per_bar=steps_per_bar)
        for tokens in (source, samples)
    )
    return _copied(ours, theirs, parts)[1]


def nearest_windows(
    source: IntArray, samples: IntArray, *, parts: tuple[Role, ...]
) -> tuple[Nearest, ...]:
    """The nearest window of the song for each sample alone, which is quick.

    Raises:
        ValueError: If the tokens break the conventions of this package, or differ in length.
    """
    source, samples = validate(source, parts), validate(samples, parts)
    _require_same_length(source, samples)
    return _nearest(source, samples, parts)


def _require_same_length(source: IntArray, samples: IntArray) -> None:
    if source.shape[1] != samples.shape[1]:
        raise ValueError(f"Windows differ in length: {source.shape[1]}, {samples.shape[1]} steps.")


def _copied(ours: IntArray, theirs: IntArray, parts: tuple[Role, ...]) -> tuple[int, float]:
    """How many of ``theirs`` begin something, and the share of these that is among ``ours``."""
    known = {bar.tobytes() for bar in ours}
    sounding = np.zeros(len(theirs), bool)
    for column, role in enumerate(parts):
        sounding |= is_onset(theirs[:, :, column], role).any(axis=1)
    heard = theirs[sounding]
    n_copied = sum(bar.tobytes() in known for bar in heard)
    return len(heard), n_copied / len(heard) if len(heard) else 0.0


def _longest_run(source: IntArray, samples: IntArray, role: Role) -> int:
    """Longest common run of notes between one part of the song and of any one sample."""
    steps = source.shape[1]
    ours, theirs = onsets(source, role), onsets(samples, role)
    if not len(ours) or not len(theirs):
        return 0
    time = ours.window * steps + ours.step
    gap = np.diff(time, prepend=time[0])  # Steps since the onset before; the first is not used.
    longest = 0
    runs = np.zeros(len(ours), np.int32)  # Length of the run that ends at each note of the song.
    for i in range(len(theirs)):
        follows = np.zeros(len(ours), np.int32)
        if i and theirs.window[i] == theirs.window[i - 1]:
            same_gap = gap[1:] == theirs.step[i] - theirs.step[i - 1]
            follows[1:] = np.where(same_gap, runs[:-1], 0)
        runs = np.where(ours.token == theirs.token[i], follows + 1, 0)
        longest = max(longest, int(runs.max()))
    return longest


def _nearest(source: IntArray, samples: IntArray, parts: tuple[Role, ...]) -> tuple[Nearest, ...]:
    if not len(source):
        return ()
    # A window is one long bar here, which erases note offs that end nothing.
    steps = source.shape[1]
    ours, theirs = (bars(t, parts=parts, steps_per_bar=steps) for t in (source, samples))
    found = []
    for window in theirs:
        agreement = _agreement(ours, window)
        chunk = int(agreement.argmax())
        found.append(Nearest(chunk, float(agreement[chunk])))
    return tuple(found)


def _agreement(windows: IntArray, window: IntArray) -> npt.NDArray[np.float64]:
    """Share of coinciding events of each of ``windows`` ``[n, steps, parts]`` with one window."""
    either = np.count_nonzero((windows != 0) | (window != 0), axis=(1, 2))
    both = np.count_nonzero((windows != 0) & (windows == window), axis=(1, 2))
    shares: npt.NDArray[np.float64] = np.where(either > 0, both / np.maximum(either, 1), 1.0)
    return shares
