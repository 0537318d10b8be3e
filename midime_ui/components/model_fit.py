"""What a base model would hear of the songs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_ui.fits import Fit

__all__ = ["describe"]


def describe(fit: Fit, *, n_songs: int) -> str:
    """Say what a model would hear of the songs.

    >>> from midime_ui.fits import Fit
    >>> describe(Fit(12, 4, ("drums",)), n_songs=1)
    '12 pieces of 4 bars in your song, without drums.'
    """
    songs = "your song" if n_songs == 1 else "your songs"
    if not fit.n_pieces:
        return f"Not for {songs}: no track can be read as {wording.either(fit.silent)}."
    pieces = f"{wording.count(fit.n_pieces, 'piece')} of {wording.count(fit.n_bars, 'bar')}"
    without = f", without {wording.either(fit.silent)}" if fit.silent else ""
    return f"{pieces} in {songs}{without}."
