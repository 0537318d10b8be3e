"""Which voices of a file are a melody, a bass, drums: the quick judgement of whole corpora.

The app asks for one melody and explains its choice (:mod:`midime_engine.converters.tracks`). A
corpus wants many: every voice that could be heard as a tune is one, because a trio learns as much
from a second guitar. Programs, names and register decide, as they do in the app.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.pretraining.scores import Score, Voice

__all__ = [
    "bass_voices",
    "drum_notes",
    "is_one_at_a_time",
    "is_percussive",
    "melody_voices",
    "named_melodies",
    "pitched_voices",
    "together",
]

_LEAST_NOTES: Final = 16
"""A voice with fewer is a signal or an effect."""

_BASS_NAME: Final = re.compile(r"(?<![a-z])(bass|bs|basso|basse|baixo|bajo|basu)(?![a-z])")
_MELODY_NAME: Final = re.compile(r"(?<![a-z])(melod\w*|vocals?|vox|voice|lead)(?![a-z])")
_BASS_PROGRAMS: Final = frozenset({*range(32, 40), 43, 58, 87})
"""Basses, contrabass, tuba, bass and lead."""

_PERCUSSIVE_PROGRAMS: Final = frozenset({47, 55, *range(112, 128)})
"""Timpani, orchestra hit, percussion and sound effects."""

_TUNEFUL_PROGRAMS: Final = frozenset({*range(32), *range(40, 96), *range(104, 112)}) - {47, 55}
"""What may carry a tune: no basses, no percussion, no synthetic effects."""

_HIGHEST_BASS: Final = 57
"""Median pitch, A3, above which a line is no bass even on a bass guitar."""

_HIGHEST_SUBSTITUTE: Final = 45
"""Median pitch, A2, up to which another instrument may be the bass where there is none."""

_LOWEST_MELODY: Final = 48
"""Median pitch, C3, below which a voice accompanies."""

_MIN_SINGLE_SHARE: Final = 0.9
"""Voices with more chords than this accompany; their highest notes are no melody."""


def pitched_voices(score: Score, least_notes: int = _LEAST_NOTES) -> list[Voice]:
    """All but drums and what is too short to be music."""
    return [
        voice for voice in score.voices if not voice.is_drum and len(voice.notes) >= least_notes
    ]


def is_percussive(voice: Voice) -> bool:
    """Whether its program has no pitch to speak of, though it is not on the drum channel."""
    return voice.program in _PERCUSSIVE_PROGRAMS


def is_one_at_a_time(voice: Voice) -> bool:
    """Whether nearly every onset is of one note."""
    return len(np.unique(voice.notes.start)) / len(voice.notes) >= _MIN_SINGLE_SHARE


def melody_voices(score: Score) -> list[Voice]:
    """Every voice that could be heard as a tune, chords included: of these the highest notes."""
    basses = {id(voice) for voice in bass_voices(score)}
    return [
        voice
        for voice in pitched_voices(score)
        if voice.program in _TUNEFUL_PROGRAMS
        and id(voice) not in basses
        and _top(voice) >= _LOWEST_MELODY
    ]


def named_melodies(voices: Iterable[Voice]) -> list[Voice]:
    """Those whose name says that they are the melody."""
    return [voice for voice in voices if _MELODY_NAME.search(voice.name.lower())]


def bass_voices(score: Score) -> list[Voice]:
    """The basses; where there is none, the lowest of the low voices that play one at a time."""
    low = [
        voice
        for voice in pitched_voices(score)
        if (voice.program in _BASS_PROGRAMS or _BASS_NAME.search(voice.name.lower()))
        and _median(voice) <= _HIGHEST_BASS
    ]
    if low:
        return low
    others = [
        voice
        for voice in pitched_voices(score)
        if _median(voice) <= _HIGHEST_SUBSTITUTE
        and is_one_at_a_time(voice)
        and not is_percussive(voice)
    ]
    return [min(others, key=_median)] if others else []


def drum_notes(score: Score, least_notes: int = 1) -> Notes | None:
    """What all drum tracks of ``least_notes`` or more strike together; None without any."""
    drums = [
        voice.notes for voice in score.voices if voice.is_drum and len(voice.notes) >= least_notes
    ]
    return together(drums) if drums else None


def together(parts: list[Notes]) -> Notes:
    """Several voices as one."""
    names = Notes.__dataclass_fields__
    return Notes(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _median(voice: Voice) -> float:
    return float(np.median(voice.notes.pitch))


def _top(voice: Voice) -> float:
    """Median of the highest notes struck together."""
    notes = voice.notes
    order = np.lexsort((notes.pitch, notes.start))
    last = np.append(np.diff(notes.start[order]) > 0, True)
    return float(np.median(notes.pitch[order][last]))
