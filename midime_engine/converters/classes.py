"""What the tokens mean: the vocabularies of Magenta's melody, bass and drum decoders.

* melody and bass, 90 classes: 0 nothing happens (a note goes on, or the rest does), 1 note off,
  2..89 a note of pitch 21..108 (A0 to C8, a piano) begins.
* drums, 512 classes: the number whose bit ``i`` says that class ``i`` of nine is struck.

Tokens are int32 and shaped ``[..., steps, parts]``; a step is a sixteenth note.
Source: Magenta's ``OneHotMelodyConverter``, ``DrumsConverter`` and ``TrioConverter``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import IntArray

__all__ = [
    "FIRST_ONSET",
    "MAX_PITCH",
    "MIN_PITCH",
    "NOTE_OFF",
    "NO_EVENT",
    "N_DRUM_CLASSES",
    "N_DRUM_TOKENS",
    "N_MELODY_CLASSES",
    "Role",
    "fold_pitch",
]

Role = Literal["melody", "bass", "drums"]
"""What a part plays. The parts of a model are a tuple of roles."""

MIN_PITCH = 21
MAX_PITCH = 108
NO_EVENT = 0
NOTE_OFF = 1
FIRST_ONSET = 2
N_MELODY_CLASSES = FIRST_ONSET + MAX_PITCH - MIN_PITCH + 1
N_DRUM_CLASSES = 9
N_DRUM_TOKENS = 2**N_DRUM_CLASSES

_OCTAVE = 12


def fold_pitch(pitch: IntArray) -> IntArray:
    """Move each pitch by as few octaves as bring it into ``MIN_PITCH..MAX_PITCH``.

    >>> fold_pitch(np.array([20, 21, 108, 109, 127])).tolist()
    [32, 21, 108, 97, 103]
    """
    down = np.maximum(0, -((MAX_PITCH - pitch) // _OCTAVE)) * _OCTAVE
    up = np.maximum(0, -((pitch - MIN_PITCH) // _OCTAVE)) * _OCTAVE
    return np.asarray(pitch - down + up, np.int32)
