"""Songs without drums and drums without songs: who plays with whom.

Few free files hold a whole band. But a pop song with a melody and a piano has all that a trio
needs save drums, and drummers have recorded alone: at like tempo, on common bar lines, the two
make music that could have been played so. The choice is drawn from the drum parts nearest in
tempo; it depends on the names of the files and on nothing else, and never crosses from training to
validation on either side.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.pretraining.corpora import CorpusFile, read_file
from midime_engine.pretraining.scores import read_score
from midime_engine.pretraining.trios import can_be_paired, drum_bars

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Survey", "pair", "survey"]

_LEAST_DRUM_BARS: Final = 8
"""Shorter parts are fills: they lead from one thing to another and are no beat to play on."""

_NEAREST: Final = 12
"""Drum parts of like tempo among which chance decides."""


class Survey(NamedTuple):
    """What pairing must know of a file."""

    file: CorpusFile
    qpm: float
    n_bars: int
    n_drum_bars: int
    """Bars of drums alone, in 4/4; 0 for any other file."""

    wants_drums: bool


def survey(file: CorpusFile) -> Survey:
    """Look at one file.

    Raises:
        MidiReadError: it cannot be read.
    """
    score = read_score(read_file(file))
    return Survey(
        file=file,
        qpm=score.qpm,
        n_bars=max(0, len(score.bars) - 1),
        n_drum_bars=len(drum_bars(score)),
        wants_drums=can_be_paired(score),
    )


def pair(
    surveys: Iterable[Survey], sides: dict[CorpusFile, str]
) -> dict[CorpusFile, tuple[CorpusFile, ...]]:
    """The drum parts under each song that wants drums, in the order in which they are played.

    A song gets as many as fill its bars; a song for which its side holds no drums gets none.
    """
    songs, drummers = [], defaultdict(list)
    for one in surveys:
        if one.wants_drums:
            songs.append(one)
        elif one.n_drum_bars >= _LEAST_DRUM_BARS:
            drummers[sides[one.file]].append(one)
    for parts in drummers.values():
        parts.sort(key=lambda part: (part.qpm, part.file))
    return {song.file: _play_along(song, drummers[sides[song.file]]) for song in songs}


def _play_along(song: Survey, drummers: list[Survey]) -> tuple[CorpusFile, ...]:
    near = _nearest(song.qpm, drummers)
    name = f"{song.file.corpus}/{song.file.name}".encode()
    seed = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
    chosen: list[CorpusFile] = []
    n_bars = 0
    for index in np.random.default_rng(seed).permutation(len(near)).tolist():
        if n_bars >= song.n_bars:
            break
        chosen.append(near[index].file)
        n_bars += near[index].n_drum_bars
    return tuple(chosen)


def _nearest(qpm: float, drummers: list[Survey]) -> list[Survey]:
    """Of ``drummers`` in order of tempo, those whose tempo has the ratio nearest to one."""
    at = bisect_left(drummers, qpm, key=lambda drummer: drummer.qpm)
    around = drummers[max(0, at - _NEAREST) : at + _NEAREST]
    around.sort(key=lambda drummer: (abs(log2(drummer.qpm / qpm)), drummer.file))
    return around[:_NEAREST]
