"""The class ``NoteSequence`` without the rest of note-seq.

``import note_seq`` loads SciPy, librosa and more: one to two seconds, which the first visitor of a
server would wait for before seeing a note. The class itself is one generated file of protocol
buffers. Loaded alone it is the very same class: protocol buffers keep one for each message,
however often its file is run, so ``note_seq.NoteSequence is note_sequence()``.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["note_sequence"]

_FILE: Final = Path("protobuf", "music_pb2.py")


@cache
def note_sequence() -> type[NoteSequence]:
    """The class, from note-seq if somebody has loaded it, else from its one file."""
    folders = () if "note_seq" in sys.modules else _folders()
    for folder in folders:
        loader = SourceFileLoader(f"{__name__}.music_pb2", str(folder / _FILE))
        module = ModuleType(loader.name)
        loader.exec_module(module)
        alone: type[NoteSequence] = module.NoteSequence
        return alone
    import note_seq

    whole: type[NoteSequence] = note_seq.NoteSequence
    return whole


def _folders() -> tuple[Path, ...]:
    """Where note-seq is installed, if it has the file where we know it to be."""
    found = importlib.util.find_spec("note_seq")
    places = (found.submodule_search_locations or []) if found else []
    return tuple(Path(place) for place in places if (Path(place) / _FILE).is_file())
