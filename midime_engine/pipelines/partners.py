"""What sounds together in a song, as pairs that a translator trains on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.errors import NoUsableTrackError
from midime_engine.pipelines import bridge
from midime_engine.pipelines.carried import Scale, measure
from midime_engine.pipelines.generate import is_audible
from midime_engine.pipelines.prepare import prepare
from midime_engine.translation.pairs import Pairs, Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection
    from midime_engine.music.song import Song
    from midime_engine.pipelines.prepare import Material
    from midime_engine.protocols import EncodesTokens, IntArray
    from midime_engine.translation.domain import Domain

__all__ = ["Partners", "find", "side_of", "to_pairs", "union"]

_ORDER: tuple[Role, ...] = ("melody", "bass", "drums")


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    """Bars of songs in which both sides of a translation are heard."""

    material: Material
    """Which tracks were taken, every chunk and what was lost."""

    tokens: tuple[IntArray, IntArray]
    """The same bars as each side hears them, ``[n, span, parts of the side]``."""

    songs: IntArray
    """Number of the song of each, ``[n]``."""

    chunks: tuple[int, ...]
    """Which chunks of the material they are."""

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.songs)


def union(domains: Sequence[Domain]) -> tuple[Role, ...]:
    """All parts that the sides have, in the order of a score."""
    return tuple(role for role in _ORDER if any(role in domain.parts for domain in domains))


def find(
    songs: Sequence[Song],
    domains: tuple[Domain, Domain],
    *,
    selections: Mapping[str, Selection] | None = None,
) -> Partners:
    """Cut songs into bars in which both sides play.

    Args:
        songs: One or more songs.
        domains: Both sides of a translator.
        selections: Tracks that somebody has chosen, by the sha256 of the song.

    Raises:
        NoUsableTrackError: No song has both sides; says which part is missing and what is
            possible without it.
    """
    parts = union(domains)
    material = prepare(songs, parts=parts, n_steps=domains[0].span, selections=selections)
    tokens = material.chunks.tokens
    sides = [tokens[:, :, [parts.index(role) for role in domain.parts]] for domain in domains]
    heard = [
        [is_audible(window, parts=domain.parts) for window in side]
        for side, domain in zip(sides, domains, strict=True)
    ]
    both = np.flatnonzero(np.array(heard[0]) & np.array(heard[1]))
    if not len(both):
        raise _missing(material, domains, heard)
    names = [song.name for song in material.songs]
    of_song = [names.index(material.chunks.items[i].song) for i in both.tolist()]
    return Partners(
        material,
        (sides[0][both], sides[1][both]),
        np.array(of_song, np.int32),
        tuple(both.tolist()),
    )


def to_pairs(
    partners: Partners,
    models: tuple[EncodesTokens, EncodesTokens],
    domains: tuple[Domain, Domain],
    scales: tuple[Scale, Scale],
) -> Pairs:
    """Encode both sides and measure what they have in common.

    ``scales`` say what is much and what is little in each kind of music; those of a general
    translator are in its metadata, see ``teach.scales_of``.
    """
    first, second = (
        side_of(tokens, model, domain, scale)
        for tokens, model, domain, scale in zip(
            partners.tokens, models, domains, scales, strict=True
        )
    )
    return Pairs((first, second), np.ones(len(partners), bool), partners.songs)


def side_of(tokens: IntArray, model: EncodesTokens, domain: Domain, scale: Scale) -> Side:
    """Music ``[n, span, parts]`` as one half of pairs."""
    labels = scale.share(measure(tokens, parts=domain.parts))
    return Side(bridge.encode(tokens, model, domain), labels)


def _missing(
    material: Material, domains: tuple[Domain, Domain], heard: list[list[bool]]
) -> NoUsableTrackError:
    song = material.songs[0].name
    for domain, audible in zip(domains, heard, strict=True):
        if not any(audible):
            what = " and ".join(domain.parts)
            return NoUsableTrackError(
                f"{song} has no {what}, so nothing can be learnt of how its parts go together.",
                remedy="Use the general translator, which has learnt that from other songs, or "
                f"choose a song with {what}.",
            )
    return NoUsableTrackError(
        f"In {song} {domains[0].model} and {domains[1].model} never sound in the same bars.",
        remedy="Use the general translator, or choose other tracks of the song.",
    )
