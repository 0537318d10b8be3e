"""What happens in a window of tokens: the notes, and the bars they stand in.

An *onset* is a token that begins a pitched note, or a drum token with at least one hit. A note
lasts until the next onset or note off of its part, or until the window ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, N_DRUM_TOKENS, N_MELODY_CLASSES, NOTE_OFF

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["Onsets", "bars", "is_onset", "onsets", "place_in_bar", "validate"]

_RANK: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Onsets:
    """All onsets of one part, by window and then by time; four arrays of one length."""

    window: IntArray
    """Which window, from 0."""

    step: IntArray
    """When in the window, in steps from 0."""

    token: IntArray
    """What begins: a pitched class or a drum mask."""

    duration: IntArray
    """How long it lasts, in steps, at least 1."""

    def __len__(self) -> int:
        """Number of onsets."""
        return len(self.token)


def validate(tokens: IntArray, parts: tuple[Role, ...]) -> IntArray:
    """The tokens as an int32 array, if they follow the conventions of this package.

    Raises:
        ValueError: If the shape does not fit ``parts`` or a class does not exist.
    """
    array = np.asarray(tokens)
    if array.ndim != _RANK or array.shape[2] != len(parts):
        raise ValueError(f"Tokens must be [n, steps, {len(parts)}]; got shape {array.shape}.")
    for column, role in enumerate(parts):
        n_classes = N_DRUM_TOKENS if role == "drums" else N_MELODY_CLASSES
        line = array[:, :, column]
        if line.size and not (line.min() >= 0 and line.max() < n_classes):
            raise ValueError(f"Tokens of {role} must be 0..{n_classes - 1}.")
    return array.astype(np.int32)


def is_onset(line: IntArray, role: Role) -> npt.NDArray[np.bool_]:
    """Where something begins in tokens of one part, any shape."""
    return np.asarray(line >= (1 if role == "drums" else FIRST_ONSET))


def onsets(line: IntArray, role: Role) -> Onsets:
    """The onsets of one part, ``[n, steps]``."""
    window, step = (index.astype(np.int32) for index in np.nonzero(line))
    token = line[window, step]
    end = np.full(len(token), line.shape[1], np.int32)
    same_window = window[1:] == window[:-1]
    end[:-1][same_window] = step[1:][same_window]
    starts = is_onset(token, role)
    return Onsets(window[starts], step[starts], token[starts], (end - step)[starts])


def place_in_bar(step: IntArray, *, steps_per_bar: float) -> tuple[IntArray, IntArray]:
    """Bar, from 0, and whole steps since its bar line, for steps since the first bar line."""
    bar = np.floor(step / steps_per_bar).astype(np.int32)
    line = np.ceil(bar * steps_per_bar).astype(np.int32)
    return bar, np.asarray(step - line, np.int32)


def bars(tokens: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float) -> IntArray:
    """Cut windows into bars that can be compared, ``[n * bars, longest bar, parts]``.

    Shorter bars are filled up with zeros. A note off is erased unless it ends a note of the same
    bar, so that two bars are equal exactly when the same notes begin in them at the same places
    and last equally long within them.
    """
    n, steps, _ = tokens.shape
    bar, place = place_in_bar(np.arange(steps, dtype=np.int32), steps_per_bar=steps_per_bar)
    n_bars = int(bar.max(initial=-1)) + 1
    cut = np.zeros([n, n_bars, math.ceil(steps_per_bar), len(parts)], np.int32)
    cut[:, bar, place] = tokens
    flat = cut.reshape(n * n_bars, math.ceil(steps_per_bar), len(parts))
    for column, role in enumerate(parts):
        if role != "drums":
            flat[:, :, column] = _without_idle_offs(flat[:, :, column])
    return flat


def _without_idle_offs(line: IntArray) -> IntArray:
    """Erase note offs that end no note of the same row, ``[rows, steps]``."""
    row, step = np.nonzero(line)
    token = line[row, step]
    follows_note = np.zeros(len(token), bool)
    follows_note[1:] = (row[1:] == row[:-1]) & (token[:-1] >= FIRST_ONSET)
    idle = (token == NOTE_OFF) & ~follows_note
    kept = line.copy()
    kept[row[idle], step[idle]] = 0
    return kept
