"""Counting what happened to the notes on the way from a song to its chunks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.report import ImportReport, ReportEntry
from midime_engine.music.playback import STEPS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.lines import Line
    from midime_engine.converters.notes import Notes
    from midime_engine.converters.spans import Span
    from midime_engine.converters.tracks import Selection
    from midime_engine.music.song import Song

__all__ = ["import_report"]

_OFF_GRID: Final = 0.05
"""Steps. Nearer than this nobody hears that a note was moved: 6 ms at 120 quarters a minute."""


def import_report(
    song: Song,
    notes: Notes,
    selection: Selection,
    lines: Mapping[Role, Line],
    *,
    grid: Sequence[Span],
    kept: Sequence[Span],
    n_steps: int,
) -> ImportReport:
    """Say in plain sentences what was moved, cut, dropped or filled up.

    Args:
        song: the song.
        notes: all of its notes, in the order of its sequence.
        selection: the chosen tracks.
        lines: the chosen parts as tokens.
        grid: all pieces into which the song is cut.
        kept: those of them that are heard.
        n_steps: window of the model.
    """
    entries: list[ReportEntry] = []
    for role, line in lines.items():
        where = f" in the {role}" if len(lines) > 1 else ""
        entries += _part_entries(line, where, grid, kept)
    entries += _grid_entries(song, notes, selection)
    entries += _chunk_entries(grid, kept, n_steps)
    entries += _song_entries(song, notes, selection)
    return ImportReport(tuple(entry for entry in entries if entry.count))


def _part_entries(
    line: Line, where: str, grid: Sequence[Span], kept: Sequence[Span]
) -> Iterator[ReportEntry]:
    down, up = line.n_moved_down, line.n_moved_up
    yield ReportEntry(
        "moved_down", down, f"{_notes(down)} above the range{where} moved down by octaves."
    )
    yield ReportEntry("moved_up", up, f"{_notes(up)} below the range{where} moved up by octaves.")
    n = line.n_unmapped
    yield ReportEntry(
        "unmapped_drums", n, f"{_hits(n)} outside the nine drum classes {_were(n)} left out."
    )
    n = line.n_merged
    yield ReportEntry(
        "merged_drums", n, f"{_hits(n)} joined another hit of the same class on the same sixteenth."
    )
    n = line.n_beneath
    yield ReportEntry(
        "beneath",
        n,
        f"{_notes(n)}{where} {_were(n)} left out: a higher note begins on the same sixteenth.",
    )
    n = line.n_shortened
    yield ReportEntry(
        "shortened", n, f"{_notes(n)}{where} {_were(n)} ended early by the next note."
    )
    n = int(np.sum(line.kept.start < grid[0].start))
    yield ReportEntry(
        "pickup", n, f"{_notes(n)}{where} before the first full bar {_were(n)} left out."
    )
    n = sum(line.is_held_over(span.start) for span in kept)
    yield ReportEntry(
        "resumed",
        n,
        f"{_notes(n)}{where} sounding across the start of a chunk {_were(n)} struck again there.",
    )


def _grid_entries(song: Song, notes: Notes, selection: Selection) -> Iterator[ReportEntry]:
    times = np.array([note.start_time for note in song.sequence.notes], np.float64)
    exact = song.tempo_map.quarters(times) * STEPS_PER_QUARTER
    is_chosen = np.isin(notes.instrument, list(selection.tracks.values()))
    distance = np.abs(exact - notes.start)
    n = int(np.sum(is_chosen & (distance > _OFF_GRID)))
    yield ReportEntry("quantized", n, f"{_notes(n)} moved to the nearest sixteenth.")


def _chunk_entries(
    grid: Sequence[Span], kept: Sequence[Span], n_steps: int
) -> Iterator[ReportEntry]:
    n = len(grid) - len(kept)
    yield ReportEntry("silent_chunks", n, f"{_chunks(n)} without a note {_were(n)} left out.")
    n = sum(span.length < n_steps for span in kept)
    lengths = sorted({span.length for span in kept if span.length < n_steps})
    filled = ", ".join(str(length) for length in lengths)
    yield ReportEntry(
        "padded",
        n,
        f"{_chunks(n)} fill{'s' if n == 1 else ''} {filled} of the model's {n_steps} steps; "
        f"the rest is silence, and is cut off again.",
    )
    pieces = {span.first_bar for span in kept}
    n = len(kept) - len(pieces)
    yield ReportEntry(
        "cut_bars", n, f"{n} cut{_s(n)} inside bars that are longer than the model's window."
    )


def _song_entries(song: Song, notes: Notes, selection: Selection) -> Iterator[ReportEntry]:
    n = len({tempo.time for tempo in song.sequence.tempos if tempo.time > 0})
    yield ReportEntry(
        "tempo_changes",
        n,
        f"The tempo changes {_times(n)}; playback keeps to {song.qpm:.4g} quarter notes "
        f"per minute.",
    )
    metres = [bar.metre for bar in song.bars if bar.number > 0]
    n = sum(before != after for before, after in pairwise(metres))
    numerator, denominator = song.time_signature
    yield ReportEntry(
        "metre_changes",
        n,
        f"The metre changes {_times(n)}; playback keeps to {numerator}/{denominator}.",
    )
    others = ~np.isin(notes.instrument, list(selection.tracks.values()))
    n, n_notes = len(np.unique(notes.instrument[others])), int(others.sum())
    verb = "is" if n == 1 else "are"
    yield ReportEntry(
        "other_tracks", n, f"{n} other track{_s(n)} ({_notes(n_notes)}) {verb} not used."
    )
    n = song.n_unended
    yield ReportEntry(
        "unended",
        n,
        f"{_notes(n)} without an end in the file {_were(n)} ended with the track.",
    )
    n = song.n_ignored
    yield ReportEntry(
        "ignored", n, f"{n} meaningless tempo{_s(n)} or time signature{_s(n)} {_were(n)} ignored."
    )


def _s(n: int) -> str:
    return "" if n == 1 else "s"


def _notes(n: int) -> str:
    return f"{n:,} note{_s(n)}"


def _hits(n: int) -> str:
    return f"{n:,} drum hit{_s(n)}"


def _chunks(n: int) -> str:
    return f"{n:,} chunk{_s(n)}"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
