"""Which of the 24 triads fits what sounds, bar by bar.

Template matching: how long each of the twelve pitch classes sounds in a bar is compared (by the
cosine of the angle) with what a major or minor triad would hold, the root a little stronger than
third and fifth. Fujishima, *Realtime Chord Recognition of Musical Sound*, ICMC 1999, does so with
sound; here the notes are known. A bar of melody alone often fits several triads equally well, so
a little of the whole song is added to each bar: of C major and A minor that one wins whose third
note the song plays more.

Other chords than triads are heard as the triad that they hold most of: a seventh chord as its
lower three notes. A pedal or a modulation within a bar is beyond it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Durations = npt.NDArray[np.float64]

__all__ = ["Triad", "triads"]

_OCTAVE: Final = 12
_NAMES: Final = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_FIFTH: Final = 7
_THIRDS: Final = {False: 4, True: 3}

_ROOT_WEIGHT: Final = 1.05
"""Of two notes the lower third of a triad is more likely than the upper, if nothing else tells."""

_WHOLE: Final = 0.2
"""Share of the whole song in each bar: enough to decide between equals, too little to outvote
three notes of the bar itself."""


class Triad(NamedTuple):
    """A major or minor triad."""

    root: int
    """Pitch class, 0 for C to 11 for B."""

    is_minor: bool

    @property
    def name(self) -> str:
        """As above a song: G, or Em."""
        return _NAMES[self.root] + ("m" if self.is_minor else "")

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Root, third and fifth."""
        third = _THIRDS[self.is_minor]
        return frozenset((self.root + step) % _OCTAVE for step in (0, third, _FIFTH))


_ALL: Final = tuple(Triad(root, is_minor) for is_minor in (False, True) for root in range(_OCTAVE))


def triads(durations: Durations) -> tuple[Triad | None, ...]:
    """The best triad of each bar.

    A bar in which nothing sounds goes on with the triad before it, or begins with the one after
    it; all are None when nothing sounds anywhere.

    Args:
        durations: How long each pitch class sounds in each bar, ``[n_bars, 12]``, in any unit;
            what shall count for more may be longer.
    """
    durations = np.asarray(durations, np.float64)
    whole = durations.sum(axis=0)
    if not whole.any():
        return (None,) * len(durations)
    templates = _templates()
    found: list[Triad | None] = []
    for bar in durations:
        if not bar.any():
            found.append(found[-1] if found else None)
            continue
        heard = bar / np.linalg.norm(bar) + _WHOLE * whole / np.linalg.norm(whole)
        found.append(_ALL[int((templates @ heard).argmax())])
    first = next(triad for triad in found if triad is not None)
    return tuple(triad or first for triad in found)


def _templates() -> Durations:
    """Of each triad the twelve pitch classes, ``[24, 12]``, of length 1."""
    templates = np.zeros((len(_ALL), _OCTAVE))
    for row, triad in zip(templates, _ALL, strict=True):
        row[list(triad.pitch_classes)] = 1.0
        row[triad.root] = _ROOT_WEIGHT
    normal: Durations = templates / np.linalg.norm(templates, axis=1, keepdims=True)
    return normal
