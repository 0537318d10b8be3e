"""Little corpora: zip archives of songs, the table that splits them, and a whole band."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from tests.support.midi_files import midi_bytes
from tests.support.songs import track

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.songs import Track

__all__ = ["BASS", "BEAT", "TUNE", "band", "beat", "corpus", "pianist", "split"]

TUNE = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . "
BASS = "C2 . . . C2 . . . G2 . . . G2 . . . "
BEAT = "C2 . F#2 . D2 . F#2 . C2 . F#2 . D2 . F#2 . "  # kick 36, hi-hat 42, snare 38


def corpus(folder: Path, name: str = "tunes", /, **songs: bytes) -> Path:
    """A zip of songs by name."""
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for title, data in songs.items():
            archive.writestr(f"{title}.mid", data)
    return path


def split(folder: Path, name: str = "tunes", /, **sides: str) -> Path:
    """The CSV that says which song is on which side."""
    path = folder / "split.csv"
    rows = [f"{name},{title}.mid,{side},0" for title, side in sides.items()]
    path.write_text("\n".join(["corpus,file,split,group", *rows]) + "\n", "utf-8")
    return path


def band(n_bars: int = 8, *more: Track, tune: str = TUNE) -> bytes:
    """Flute, bass guitar and drums, the same bar again and again."""
    return midi_bytes(
        track(tune * n_bars, program=73),
        track(BASS * n_bars, program=33),
        track(BEAT * n_bars, channel=9),
        *more,
    )


def pianist(n_bars: int = 8, *, qpm: float = 120.0, tune: str = TUNE) -> bytes:
    """A melody and a piano that accompanies it with chords."""
    chords = track("C3 . . . E3 . . . G3 . . . E3 . . . " * n_bars)
    left = tuple((start, end, pitch) for start, end, pitch in chords.notes)
    right = tuple((start, end, pitch + 12) for start, end, pitch in chords.notes)
    return midi_bytes(
        track(tune * n_bars, name="MELODY"),
        type(chords)(left + right, name="PIANO"),
        tempos=((0, qpm),),
    )


def beat(n_bars: int = 8, *, qpm: float = 120.0, text: str = BEAT) -> bytes:
    """Drums alone."""
    return midi_bytes(track(text * n_bars, channel=9), tempos=((0, qpm),))
