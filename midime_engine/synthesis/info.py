"""Which synthesiser plays here, in order of preference and in a sentence for the listener."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from midime_engine.synthesis import additive, fluid, rust, soundfont

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["BACKENDS", "Backend", "SynthInfo", "synth_info"]

Backend = Literal["fluidsynth", "midirenderer", "additive"]

BACKENDS: Final[tuple[Backend, ...]] = ("fluidsynth", "midirenderer", "additive")
"""In the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class SynthInfo:
    """What plays, and on which SoundFont."""

    backend: Backend
    name: str
    """Name for people, such as ``FluidSynth``."""

    soundfont: Path | None
    """None where no font is used."""

    sentence: str
    """What to tell the listener, including why it is not the best synthesiser."""


def synth_info() -> SynthInfo:
    """Return the best synthesiser that works here; never fails, since the last needs nothing."""
    choice = soundfont.find()
    complaint = choice.complaint
    with_fonts: tuple[tuple[Backend, Callable[[], bool], Callable[[Path], bool]], ...] = (
        ("fluidsynth", fluid.is_available, fluid.is_usable_font),
        ("midirenderer", rust.is_available, rust.is_usable_font),
    )
    for backend, is_available, is_usable in with_fonts:
        if not is_available():
            continue
        for path in choice.paths:
            if is_usable(path):
                return _with_font(backend, path, complaint)
            if path == choice.wanted:
                complaint = f"{soundfont.SOUNDFONT_VARIABLE} names {path}, which cannot be loaded."
    sentence = (
        "A simple built-in synthesiser plays, because FluidSynth is not installed "
        "or no SoundFont was found."
    )
    return SynthInfo("additive", additive.NAME, None, _join(complaint, sentence))


def _with_font(backend: Backend, path: Path, complaint: str | None) -> SynthInfo:
    if backend == "fluidsynth":
        sentence = f"{fluid.NAME} plays, with the SoundFont {path.name}."
        return SynthInfo(backend, fluid.NAME, path, _join(complaint, sentence))
    sentence = (
        f"{rust.NAME} plays, with the SoundFont {path.name}, because FluidSynth is not installed."
    )
    return SynthInfo(backend, rust.NAME, path, _join(complaint, sentence))


def _join(complaint: str | None, sentence: str) -> str:
    return f"{complaint} {sentence}" if complaint else sentence
