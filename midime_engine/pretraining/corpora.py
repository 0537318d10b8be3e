"""Corpora: zip archives and folders of MIDI files, and the bytes of one file out of them.

Nothing is extracted. Names and sizes are what an archive claims, so files are read up to the limit
of the app whatever they claim, and links out of a folder are not followed.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from midime_engine.errors import MidiReadError, TrainingError
from midime_engine.music.limits import MAX_FILE_BYTES

__all__ = ["CorpusFile", "list_files", "read_file"]

_ENDINGS: Final = (".mid", ".midi")
_OPEN_ARCHIVES: Final = 4
"""Archives that a process keeps open: reading the directory of a large one takes longer than a
hundred of its files."""


class CorpusFile(NamedTuple):
    """One MIDI file: all that a worker process must be told to read it."""

    corpus: str
    """Name of the archive without its ending, or of the folder."""

    container: str
    """Path of the archive or folder."""

    name: str
    """Path within it, with ``/``."""


def list_files(container: Path) -> list[CorpusFile]:
    """The MIDI files of a zip archive or folder, in the order of their names.

    Raises:
        TrainingError: the archive or folder is missing or damaged.
    """
    try:
        names = _in_folder(container) if container.is_dir() else _in_archive(container)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise TrainingError(
            f"{container.name} cannot be read as a zip archive or folder: {error}",
            remedy="Name zip archives or folders of MIDI files, or fetch this one again.",
        ) from error
    corpus = container.name if container.is_dir() else container.stem
    return [CorpusFile(corpus, str(container), name) for name in sorted(names)]


def read_file(file: CorpusFile) -> bytes:
    """The bytes of ``file``, up to the limit of the app.

    Raises:
        MidiReadError: it is missing, damaged, locked or too large.
    """
    container = Path(file.container)
    try:
        if container.is_dir():
            data = _from_folder(container / file.name)
        else:
            with _archive(file.container).open(file.name) as member:
                data = member.read(MAX_FILE_BYTES + 1)
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        # RuntimeError: it is encrypted, or compressed in a way that Python does not know.
        raise _refused(str(error)) from error
    if len(data) > MAX_FILE_BYTES:
        raise _refused(f"it has more than {MAX_FILE_BYTES:,} bytes")
    return data


def _refused(why: str) -> MidiReadError:
    return MidiReadError(f"The file cannot be read: {why}.", remedy="Leave it out of the corpus.")


def _in_archive(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if name.lower().endswith(_ENDINGS)]


def _in_folder(path: Path) -> list[str]:
    return [
        (Path(folder) / name).relative_to(path).as_posix()
        for folder, _, names in os.walk(path)
        for name in names
        if name.lower().endswith(_ENDINGS)
    ]


def _from_folder(path: Path) -> bytes:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError("it is a link or no regular file")
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


@lru_cache(maxsize=_OPEN_ARCHIVES)
def _archive(path: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)
