"""A song in pieces that a model can read: chunks that begin on bar lines.

The rules, each counted in the report where it changes anything:

* a chunk holds as many whole bars as fit the window, at least one (:mod:`…converters.spans`);
  the rest of the window is silence, and ``Chunk.n_steps`` says where it begins;
* a note that sounds across the end of a chunk is cut there and struck again at the start of the
  next one; no other note is affected;
* of a melody or bass the highest note of each onset is kept and a later onset ends the earlier
  note; pitches outside the piano move by octaves; percussion outside the nine classes is left out;
* a pickup before the first full bar is left out, and so are silent chunks; the grid stays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.converters.import_report import import_report
from midime_engine.converters.lines import Line, drum_line, pitched_line
from midime_engine.converters.notes import Notes
from midime_engine.converters.spans import Span, spans
from midime_engine.converters.tokens import DEFAULT_PROGRAMS, DEFAULT_VELOCITY, sequence_from_tokens
from midime_engine.errors import NoUsableTrackError
from midime_engine.music.playback import Playback

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.report import ImportReport
    from midime_engine.converters.tracks import Selection
    from midime_engine.music.song import Song
    from midime_engine.protocols import IntArray

__all__ = ["Chunk", "Chunks", "cut"]


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A few bars of a song."""

    index: int
    """Position among the chunks of its song, from 0."""

    song: str
    """Name of the song."""

    first_bar: int
    """Counted from 1; the first full bar of the song is 1."""

    n_bars: int
    n_steps: int
    """Steps that are music; the rest of the window is filled with silence."""

    tokens: IntArray
    """``[window, parts]``."""

    sequence: NoteSequence
    """What the tokens say, ``n_steps`` long, with the sound of the source."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunks:
    """The chunks of a song, and what was done to make them."""

    items: tuple[Chunk, ...]
    report: ImportReport
    playback: Playback
    """Makes decoded windows sound like the song: its tempo, metre, length and instruments."""

    @property
    def tokens(self) -> IntArray:
        """All chunks, ``[n, window, parts]``."""
        return np.stack([chunk.tokens for chunk in self.items])


def cut(song: Song, selection: Selection, *, parts: tuple[Role, ...], n_steps: int) -> Chunks:
    """Cut ``song`` for a model of ``parts`` and windows of ``n_steps``.

    Raises:
        NoUsableTrackError: if a selected track does not exist, cannot play its role, or nothing
            is heard in the selected tracks.
    """
    notes = Notes.of(song.sequence)
    lines = {role: _line(song, notes, selection, role) for role in parts}
    grid = spans(song.bars, n_steps=n_steps)
    windows = np.stack(
        [[lines[role].window(s.start, s.length, n_steps) for role in parts] for s in grid]
    ).transpose(0, 2, 1)
    heard = [i for i in range(len(grid)) if windows[i].any()]
    if not heard:
        raise NoUsableTrackError(
            f"{song.name}: nothing is heard in the chosen tracks.",
            remedy="Choose another track of the song.",
        )
    kept = [grid[i] for i in heard]
    playback = _playback(song, lines, kept, n_steps)
    items = tuple(
        _chunk(i, song, span, windows[at], parts, playback)
        for i, (at, span) in enumerate(zip(heard, kept, strict=True))
    )
    report = import_report(song, notes, selection, lines, grid=grid, kept=kept, n_steps=n_steps)
    return Chunks(items, report, playback)


def _line(song: Song, notes: Notes, selection: Selection, role: Role) -> Line:
    """The whole part in tokens; a role without a track is silent."""
    index = selection.tracks.get(role)
    own = notes.where(notes.instrument == index)
    if index is not None and not len(own):
        known = ", ".join(str(i) for i in np.unique(notes.instrument).tolist())
        raise NoUsableTrackError(
            f"{song.name} has no track {index}.", remedy=f"Choose one of {known}."
        )
    own = own.where(own.is_drum == (role == "drums"))
    if index is not None and not len(own):
        kind = "pitched notes, no drums" if role == "drums" else "drums, no pitches"
        raise NoUsableTrackError(
            f"Track {index} of {song.name} holds {kind}.",
            remedy=f"Choose another track as {role}.",
        )
    return (drum_line if role == "drums" else pitched_line)(own, song.n_steps)


def _playback(song: Song, lines: dict[Role, Line], kept: list[Span], n_steps: int) -> Playback:
    numerator, denominator = song.time_signature
    # Of equally common lengths the longest: a last, shorter chunk must not shorten the music.
    lengths = Counter(span.length for span in kept)
    length = max(lengths, key=lambda length: (lengths[length], length))
    return Playback(
        qpm=song.qpm,
        numerator=numerator,
        denominator=denominator,
        n_steps=None if length == n_steps else length,
        programs=tuple(_program(role, line) for role, line in lines.items()),
        velocities=tuple(_velocity(line) for line in lines.values()),
    )


def _program(role: Role, line: Line) -> int:
    if not len(line.kept):
        return DEFAULT_PROGRAMS[role]
    return int(np.bincount(line.kept.program).argmax())


def _velocity(line: Line) -> int:
    if not len(line.kept):
        return DEFAULT_VELOCITY
    return int(np.clip(np.median(line.kept.velocity), 1, 127))


def _chunk(  # noqa: PLR0917 - one caller
    index: int,
    song: Song,
    span: Span,
    tokens: IntArray,
    parts: tuple[Role, ...],
    playback: Playback,
) -> Chunk:
    numerator, denominator = span.metre
    own = replace(playback, numerator=numerator, denominator=denominator, n_steps=span.length)
    return Chunk(
        index=index,
        song=song.name,
        first_bar=span.first_bar,
        n_bars=span.n_bars,
        n_steps=span.length,
        tokens=tokens,
        sequence=sequence_from_tokens(tokens, parts=parts, playback=own),
    )
