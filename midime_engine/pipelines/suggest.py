"""Which kind of base model songs can feed: a single line, a whole band, or drums alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.converters.tracks import best_selection
from midime_engine.errors import NoUsableTrackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Track

    Parts = tuple[Role, ...]

__all__ = ["suggest_parts"]

_KINDS: Final[tuple[Parts, ...]] = (("melody", "bass", "drums"), ("melody",), ("drums",))
"""The richest first: it wins where songs can feed several."""

_LEAST_HEARD: Final = 0.3
"""Share of a song in which each part of a band plays; what is heard less often is an effect."""


def suggest_parts(songs: Sequence[Sequence[Track]]) -> Parts:
    """Parts of the model that suits the songs, each given by its tracks.

    The kind that most songs can feed is taken, of equals the one with more parts. Songs that can
    feed none leave it at a melody.
    """
    n_fed = {parts: sum(_feeds(tracks, parts) for tracks in songs) for parts in _KINDS}
    most = max(n_fed.values())
    return next(parts for parts in _KINDS if n_fed[parts] == most) if most else ("melody",)


def _feeds(tracks: Sequence[Track], parts: Parts) -> bool:
    try:
        chosen = best_selection(tracks, parts).tracks
    except NoUsableTrackError:
        return False
    by_index = {track.index: track for track in tracks}
    return all(
        role in chosen
        and (len(parts) == 1 or _share_heard(by_index[chosen[role]], role) >= _LEAST_HEARD)
        for role in parts
    )


def _share_heard(track: Track, role: Role) -> float:
    return track.verdicts[role].n_chunks / max(1, track.n_spans)
