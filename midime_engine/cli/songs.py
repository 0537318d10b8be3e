"""Songs named on the command line: read them, and choose their tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.converters.tracks import Selection, best_selection, list_tracks
from midime_engine.errors import MidiReadError, OptionError
from midime_engine.music.limits import MAX_FILE_BYTES, MAX_FILES
from midime_engine.music.midi_io import read_midi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from midime_engine.cli.arguments import TrackChoice
    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Track
    from midime_engine.music.song import Song

__all__ = ["choose_tracks", "read_songs"]


def read_songs(paths: Sequence[Path]) -> list[Song]:
    """Read MIDI files.

    Raises:
        MidiReadError: When one of them is missing, too large or no MIDI file.
        OptionError: When there are too many.
    """
    if len(paths) > MAX_FILES:
        raise OptionError(
            f"{len(paths)} files are more than the {MAX_FILES} that one MidiMe is made of.",
            remedy="Leave some out.",
        )
    return [read_midi(_bytes_of(path), name=path.name) for path in paths]


def choose_tracks(
    songs: Sequence[Song], choices: Sequence[TrackChoice], *, parts: tuple[Role, ...], n_steps: int
) -> dict[str, Selection]:
    """What ``--track`` says, as the selections that the pipeline takes, by sha256 of the song.

    Parts that ``choices`` does not name get the best guess.

    Raises:
        OptionError: When a song has no such track, the track cannot play the part, or the model
            has no such part.
    """
    wanted = _by_role(choices, parts)
    if not wanted:
        return {}
    return {song.sha256: _selection(song, wanted, parts=parts, n_steps=n_steps) for song in songs}


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte too many is enough to be refused; the rest of a large file stays on disk.
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MidiReadError(
            f"{path} cannot be read ({error.strerror}).", remedy="Check the name of the file."
        ) from None


def _by_role(choices: Sequence[TrackChoice], parts: tuple[Role, ...]) -> dict[Role, int]:
    wanted: dict[Role, int] = {}
    for choice in choices:
        role = choice.role or parts[0]
        if role not in parts:
            raise OptionError(
                f"This model has no {role}.", remedy=f"Its parts are {', '.join(parts)}."
            )
        if role in wanted:
            raise OptionError(
                f"--track names two tracks for the {role}.",
                remedy="Name one track for each part.",
            )
        wanted[role] = choice.index
    return wanted


def _selection(
    song: Song, wanted: Mapping[Role, int], *, parts: tuple[Role, ...], n_steps: int
) -> Selection:
    tracks = list_tracks(song, n_steps=n_steps)
    for role, index in wanted.items():
        _require_usable(song, {track.index: track for track in tracks}, role, index)
    # A part that nobody chose keeps its best guess, unless somebody wants that track for another.
    guessed = {
        role: index
        for role, index in best_selection(tracks, parts).tracks.items()
        if role not in wanted and index not in wanted.values()
    }
    named = ", ".join(f"track {index} for the {role}" for role, index in wanted.items())
    return Selection(tracks={**guessed, **wanted}, explanation=f"You chose {named}.")


def _require_usable(song: Song, tracks: Mapping[int, Track], role: Role, index: int) -> None:
    if index not in tracks:
        known = "; ".join(f"{track.index} {track.label}" for track in tracks.values())
        raise OptionError(f"{song.name} has no track {index}.", remedy=f"It has: {known}.")
    verdict = tracks[index].verdicts[role]
    if not verdict.usable:
        raise OptionError(
            f"Track {index} of {song.name} cannot be the {role}: {verdict.sentence}.",
            remedy="Choose another track, or leave --track out for the best guess.",
        )
