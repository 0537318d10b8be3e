"""Which notes of new music stand in the song as well.

A note of a window is *kept* when the same part of another window strikes the same pitch, or the
same drum, at the same step. How long it is held does not count: a note that is cut short by the
next one is still the note of the song. Nor does what is around it, so a few notes are kept in any
two pieces of the same key; the share says how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.converters.classes import N_DRUM_CLASSES
from midime_engine.metrics.events import is_onset, validate
from midime_engine.metrics.originality import nearest_windows

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["KeptNotes", "kept_notes"]


@dataclass(frozen=True, slots=True)
class KeptNotes:
    """What of one window its nearest window of the song has too."""

    notes: tuple[bool, ...]
    """For each note whether it is kept, in the order in which
    :func:`midime_engine.converters.tokens.sequence_from_tokens` writes notes: part by part, step
    by step, and of hits at one step the lowest drum class first."""

    chunk: int
    """Index of that window in the song, from 0."""

    @property
    def share(self) -> float:
        """Share of the notes that are kept, in 0..1; 0 of no notes."""
        return sum(self.notes) / len(self.notes) if self.notes else 0.0


def kept_notes(source: IntArray, window: IntArray, *, parts: tuple[Role, ...]) -> KeptNotes:
    """Compare ``window`` ``[steps, parts]`` with the nearest of ``source`` ``[n, steps, parts]``.

    *Nearest* is defined in :mod:`midime_engine.metrics.originality`. Hand in only the steps that
    are heard.

    Raises:
        ValueError: If the tokens break the conventions of this package, or there are no windows
            in ``source``.
    """
    if not len(source):
        raise ValueError("There must be a window of the song to compare with.")
    (nearest,) = nearest_windows(source, window[None], parts=parts)
    ours = validate(source[[nearest.chunk]], parts)[0]
    theirs = validate(window[None], parts)[0]
    notes: list[bool] = []
    for column, role in enumerate(parts):
        kept_of = _kept_hits if role == "drums" else _kept_onsets
        notes += kept_of(theirs[:, column], ours[:, column]).tolist()
    return KeptNotes(tuple(notes), nearest.chunk)


def _kept_onsets(line: IntArray, other: IntArray) -> npt.NDArray[np.bool_]:
    """For each onset of a pitched part, ``[steps]``, whether the other line has the same."""
    starts = is_onset(line, "melody")
    return np.asarray((line == other)[starts])


def _kept_hits(line: IntArray, other: IntArray) -> npt.NDArray[np.bool_]:
    """For each hit of a drum part, ``[steps]``, whether the other line has the same."""
    struck, known = (tokens[:, None] >> np.arange(N_DRUM_CLASSES) & 1 for tokens in (line, other))
    return np.asarray(known[struck == 1] == 1)
