"""Tokens written as a musician would dictate them.

``melody("C4 . off E4")`` strikes C4, holds it, rests, strikes E4; ``drums("k . s . kh")`` hits
kick, snare, kick and closed hi-hat. One word per sixteenth.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from midime_engine.converters.classes import FIRST_ONSET, MIN_PITCH, NO_EVENT, NOTE_OFF
from tests.support.songs import pitch

__all__ = ["drums", "melody"]

_EVENTS: Final = {".": NO_EVENT, "off": NOTE_OFF}
_DRUM_LETTERS: Final = "kshoLMHcr"
"""Kick, snare, closed and open hi-hat, low, mid and high tom, crash, ride."""


def melody(text: str, *, n_steps: int | None = None) -> npt.NDArray[np.int32]:
    """Tokens of a melody, ``[n_steps]``, filled up with "nothing happens"."""
    tokens = [
        _EVENTS[word] if word in _EVENTS else pitch(word) - MIN_PITCH + FIRST_ONSET
        for word in text.split()
    ]
    return _filled(tokens, n_steps)


def drums(text: str, *, n_steps: int | None = None) -> npt.NDArray[np.int32]:
    """Tokens of a drum part, ``[n_steps]``, filled up with silence."""
    tokens = [
        sum(1 << _DRUM_LETTERS.index(letter) for letter in word if letter != ".")
        for word in text.split()
    ]
    return _filled(tokens, n_steps)


def _filled(tokens: list[int], n_steps: int | None) -> npt.NDArray[np.int32]:
    filled = np.zeros(n_steps or len(tokens), np.int32)
    filled[: len(tokens)] = tokens
    return filled
