"""The folder that a command writes its results to."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from midime_engine.errors import OptionError
from midime_engine.music.joining import concatenate
from midime_engine.music.midi_io import write_midi

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from note_seq import NoteSequence

    from midime_engine.music.playback import Playback

__all__ = ["Results"]


class Results:
    """A folder, made when it is not there; every file appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Make ``folder`` now, so that a wrong name is known before the work is done.

        Raises:
            OptionError: When it cannot be made or written to.
        """
        self._folder = folder
        self._names: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(folder, error) from None
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OptionError(
                f"{folder} may not be written to.", remedy="Name another folder after --out."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The files written so far."""
        return tuple(self._names)

    def write(self, name: str, data: bytes) -> None:
        """Write one file.

        Raises:
            OptionError: When the disk is full or the folder has gone.
        """
        part = self._folder / f".{name}.part"
        try:
            part.write_bytes(data)
            part.replace(self._folder / name)
        except OSError as error:
            raise _refused(self._folder, error) from None
        self._names.append(name)

    def write_samples(self, sequences: Sequence[NoteSequence]) -> None:
        """Write ``sample_00.mid``, ``sample_01.mid`` and so on."""
        for index, sequence in enumerate(sequences):
            self.write(f"sample_{index:02d}.mid", write_midi(sequence))

    def write_joined(
        self, name: str, sequences: Sequence[NoteSequence], playback: Playback
    ) -> None:
        """Write chunks as one piece, end to end."""
        self.write(name, write_midi(concatenate(sequences, playback)))

    def write_report(self, report: dict[str, Any]) -> None:
        """Write ``report.json``, which names all files, itself included."""
        text = json.dumps(
            {**report, "files": [*self._names, "report.json"]}, indent=2, ensure_ascii=False
        )
        self.write("report.json", (text + "\n").encode())


def _refused(folder: Path, error: OSError) -> OptionError:
    return OptionError(
        f"Results cannot be written to {folder} ({error.strerror}).",
        remedy="Name another folder after --out.",
    )
