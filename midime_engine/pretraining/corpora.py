"""Zip archives of MIDI files to the lines of music in them.

A corpus is a ``.zip`` with ``*.mid`` files. Files are read in memory by symusic, never extracted;
one that cannot be read is counted and skipped, because a corpus of thousands always has some.
Times are taken in ticks, so the grid of sixteenths is exact whatever the tempo does.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from midime_engine.converters.lines import Line, drum_line, pitched_line
from midime_engine.converters.notes import Notes
from midime_engine.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["CorpusLine", "lines_of_midi", "midi_files"]

_STEPS_PER_QUARTER = 4
_DEFAULT_BAR = 16
_MAX_STEPS = 200_000
"""About fourteen hours at 120 qpm: longer files are damaged, not long."""

_MIN_NOTES = 8
"""A line shorter than this is a signal or an effect, not a melody."""

_MIN_SINGLE_SHARE = 0.9
"""Tracks with more chords than this are accompaniment; their highest notes are no melody."""


@dataclass(frozen=True, slots=True)
class CorpusLine:
    """One part of one file."""

    line: Line
    steps_per_bar: int


def midi_files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every MIDI file of a corpus, in the order of their names.

    Raises:
        TrainingError: the archive is missing or damaged.
    """
    try:
        with zipfile.ZipFile(archive) as corpus:
            for name in sorted(corpus.namelist()):
                if name.lower().endswith((".mid", ".midi")):
                    yield name, corpus.read(name)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise TrainingError(
            f"{archive.name} cannot be read as a zip archive: {error}",
            remedy="Name zip archives of MIDI files, or fetch this one again.",
        ) from error


def lines_of_midi(data: bytes, *, drums: bool) -> list[CorpusLine]:
    """The melodic lines of a MIDI file, or its drum part.

    Raises:
        RuntimeError: symusic cannot read the bytes.
    """
    import symusic

    score = symusic.Score.from_midi(data)
    if score.ticks_per_quarter <= 0:
        raise RuntimeError("the file counts no ticks per quarter note")
    steps_per_bar = _bar(score)
    if steps_per_bar is None:
        return []
    tracks = [track for track in score.tracks if bool(track.is_drum) is drums]
    if drums:
        notes = _concatenated([_notes(track, score.ticks_per_quarter) for track in tracks])
        return [] if notes is None else [_line(notes, steps_per_bar, drums=True)]
    lines = []
    for track in tracks:
        notes = _notes(track, score.ticks_per_quarter)
        if notes is not None and _single_share(notes) >= _MIN_SINGLE_SHARE:
            lines.append(_line(notes, steps_per_bar, drums=False))
    return lines


def _bar(score: Any) -> int | None:
    """Sixteenths per bar; None where the metre changes, because windows need bar lines."""
    bars = {
        _DEFAULT_BAR * event.numerator // event.denominator
        for event in score.time_signatures
        if event.denominator > 0
    }
    if len(bars) > 1:
        return None
    bar = bars.pop() if bars else _DEFAULT_BAR
    return bar if bar > 0 else None


def _notes(track: Any, ticks_per_quarter: int) -> Notes | None:
    table = track.notes.numpy()
    scale = _STEPS_PER_QUARTER / ticks_per_quarter
    start = np.floor(table["time"] * scale + 0.5).astype(np.int64)
    end = np.floor((table["time"] + table["duration"]) * scale + 0.5).astype(np.int64)
    if len(start) < _MIN_NOTES or int(start.max()) > _MAX_STEPS:
        return None
    start32 = start.astype(np.int32)
    zeros = np.zeros(len(start), np.int32)
    return Notes(
        pitch=table["pitch"].astype(np.int32),
        start=start32,
        end=np.maximum(np.minimum(end, _MAX_STEPS), start + 1).astype(np.int32),
        velocity=table["velocity"].astype(np.int32),
        instrument=zeros,
        program=zeros,
        is_drum=np.full(len(start), bool(track.is_drum)),
    )


def _concatenated(parts: list[Notes | None]) -> Notes | None:
    found = [part for part in parts if part is not None]
    if not found:
        return None
    names = Notes.__dataclass_fields__
    return Notes(*(np.concatenate([getattr(part, name) for part in found]) for name in names))


def _single_share(notes: Notes) -> float:
    """Share of onsets at which one note starts alone."""
    return len(np.unique(notes.start)) / len(notes)


def _line(notes: Notes, steps_per_bar: int, *, drums: bool) -> CorpusLine:
    bars = -(-int(notes.end.max()) // steps_per_bar)
    n_steps = bars * steps_per_bar
    return CorpusLine((drum_line if drums else pitched_line)(notes, n_steps), steps_per_bar)
