"""Songs to chunks: choose the tracks, cut at bar lines, keep account of what was lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midime_engine.converters.chunks import Chunks, cut
from midime_engine.converters.report import ImportReport, ReportEntry
from midime_engine.converters.tracks import best_selection, list_tracks
from midime_engine.errors import NoUsableTrackError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection
    from midime_engine.music.song import Song

__all__ = ["Material", "prepare"]


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is going to be personalised to."""

    songs: tuple[Song, ...]
    """The songs that were used, in the order given; those without a usable track are left out."""

    selections: tuple[Selection, ...]
    """Which track plays which part, one per song."""

    chunks: Chunks
    """The chunks of all songs, numbered through; tempo, metre and programs of the first song."""


def prepare(
    songs: Sequence[Song],
    *,
    parts: tuple[Role, ...],
    n_steps: int,
    selections: Mapping[str, Selection] | None = None,
) -> Material:
    """Cut ``songs`` into chunks for a model of ``parts`` and windows of ``n_steps``.

    Args:
        songs: One or more songs.
        parts: The parts of the model, for example ``("melody",)``.
        n_steps: Length of the model's window, in sixteenth notes.
        selections: Tracks that somebody has chosen, by the sha256 of the song; the best guess is
            taken for every other song.

    Raises:
        NoUsableTrackError: When no song has the parts that the model needs. The message is that
            of the first song. Where some have them, the others are named in the report.
    """
    if not songs:
        raise ValueError("There must be at least one song.")
    used: list[Song] = []
    chosen: list[Selection] = []
    pieces: list[Chunks] = []
    refused: list[tuple[Song, NoUsableTrackError]] = []
    for song in songs:
        try:
            selection = (selections or {}).get(song.sha256) or best_selection(
                list_tracks(song, n_steps=n_steps), parts
            )
            chunks = cut(song, selection, parts=parts, n_steps=n_steps)
        except NoUsableTrackError as error:
            refused.append((song, error))
            continue
        used.append(song)
        chosen.append(selection)
        pieces.append(chunks)
    if not pieces:
        raise refused[0][1]
    return Material(tuple(used), tuple(chosen), _join(used, pieces, refused))


def _join(
    songs: list[Song], pieces: list[Chunks], refused: list[tuple[Song, NoUsableTrackError]]
) -> Chunks:
    """One :class:`Chunks` of many, so that models see one song book."""
    if len(pieces) == 1 and not refused:
        return pieces[0]
    items = [item for chunks in pieces for item in chunks.items]
    entries = [
        replace(entry, sentence=f"{song.name}: {entry.sentence}")
        for song, chunks in zip(songs, pieces, strict=True)
        for entry in chunks.report.entries
    ]
    entries += [
        ReportEntry("song_left_out", 1, f"{song.name} was left out: {error}")
        for song, error in refused
    ]
    first = pieces[0].playback
    others = sum(
        (chunks.playback.numerator, chunks.playback.denominator, chunks.playback.qpm)
        != (first.numerator, first.denominator, first.qpm)
        for chunks in pieces[1:]
    )
    if others:
        entries.append(
            ReportEntry(
                "mixed_tempo_or_metre",
                others,
                f"The songs differ in tempo or metre; new music is in {first.numerator}/"
                f"{first.denominator} at {first.qpm:.0f} beats per minute, like {songs[0].name}.",
            )
        )
    return Chunks(
        items=tuple(replace(item, index=index) for index, item in enumerate(items)),
        report=ImportReport(tuple(entries)),
        playback=first,
    )
