"""Where a bar is accented, which is where harmony is heard.

* Metres whose beats go in threes (6/8, 9/8, 12/8): the first of each three.
* Other even metres (2/4, 4/4, 4/2): every second beat from the first on.
* All others (3/4, 5/4, 7/8): the first beat, for how the rest is grouped differs from song to song.
"""

from __future__ import annotations

from typing import Final

from midime_engine.music.playback import STEPS_PER_WHOLE

__all__ = ["strong_steps"]

_GROUP: Final = 3
_PAIR: Final = 2


def strong_steps(numerator: int, denominator: int) -> tuple[int, ...]:
    """Steps of a bar, from 0, on which its strong beats fall; the nearest where none is exact.

    >>> strong_steps(4, 4), strong_steps(3, 4), strong_steps(6, 8)
    ((0, 8), (0,), (0, 6))
    """
    if numerator % _GROUP == 0 and numerator > _GROUP:
        every = _GROUP
    elif numerator % _PAIR == 0:
        every = _PAIR
    else:
        every = numerator
    beats = range(0, numerator, every)
    return tuple(int(beat * STEPS_PER_WHOLE / denominator + 0.5) for beat in beats)
