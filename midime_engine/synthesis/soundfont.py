"""Where the SoundFont is: the host's choice, the system's, or the one pretty_midi brings.

No font is shipped with MidiMe. TimGM6mb (GPL-2, 6 MB) comes with the system package
``timgm6mb-soundfont`` and inside pretty_midi, which note-seq depends on, so one is always there.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["SOUNDFONT_VARIABLE", "SoundFontChoice", "find"]

SOUNDFONT_VARIABLE: Final = "MIDIME_SOUNDFONT"
"""Environment variable that names a SoundFont (.sf2 or .sf3) to use instead of what is found."""

_FOLDERS: Final = (
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/share/sounds/sf3",
    "/usr/local/share/sounds/sf2",
    "/usr/local/share/soundfonts",
    "/opt/homebrew/share/soundfonts",
)
# Small fonts first: a big one sounds better but takes seconds and 200 MB, which is for the host
# to decide, through the variable.
_NAMES: Final = (
    "TimGM6mb.sf2",
    "default-GM.sf2",
    "FluidR3_GM.sf2",
    "GeneralUser.sf2",
    "MuseScore_General_Lite.sf3",
)
_HEADER: Final = b"RIFF"


@dataclass(frozen=True, slots=True)
class SoundFontChoice:
    """The fonts that can be tried, best first, and what was wrong with the host's choice."""

    paths: tuple[Path, ...]
    wanted: Path | None = None
    """The host's choice, if it looks like a SoundFont; then it is the first of the paths."""

    complaint: str | None = None
    """A sentence about a :data:`SOUNDFONT_VARIABLE` that cannot be followed, or None."""


def find() -> SoundFontChoice:
    """Return the SoundFonts of this machine in the order in which to try them."""
    found = tuple(path for path in _candidates() if path.is_file())
    wanted = os.environ.get(SOUNDFONT_VARIABLE, "").strip()
    if not wanted:
        return SoundFontChoice(found)
    path = Path(wanted).expanduser()
    if not path.is_file():
        complaint = f"{SOUNDFONT_VARIABLE} names {path}, which is not a file."
        return SoundFontChoice(found, complaint=complaint)
    if not _looks_like_a_soundfont(path):
        complaint = f"{SOUNDFONT_VARIABLE} names {path}, which is not a SoundFont."
        return SoundFontChoice(found, complaint=complaint)
    return SoundFontChoice((path, *found), wanted=path)


def _candidates() -> tuple[Path, ...]:
    on_system = [Path(folder) / name for name in _NAMES for folder in _FOLDERS]
    spec = importlib.util.find_spec("pretty_midi")
    places = spec.submodule_search_locations if spec else None
    return (*on_system, *(Path(place) / "TimGM6mb.sf2" for place in places or ()))


def _looks_like_a_soundfont(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    return head.startswith(_HEADER) and head.endswith(b"sfbk")
