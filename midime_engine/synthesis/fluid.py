"""FluidSynth, driven event by event.

A second render on one FluidSynth object differs from the first by what still rings in it, so
every render gets a new one. An *anchor* object is kept alive for as long as the font is in use: it
holds FluidSynth's cache of the samples, and a new object then costs 20 ms instead of a reload. As
that is as much as two bars of music take, an unused object is made ahead after each render.
Frames are written as floating point, because 16 bits would clip where dense music is loud.
"""

from __future__ import annotations

import ctypes
import functools
import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import score as scores
from midime_engine.synthesis.limits import TAIL_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

__all__ = ["NAME", "is_available", "is_usable_font", "render"]

NAME: Final = "FluidSynth"

_GAIN: Final = 0.5
"""Fixed, so that loudness is comparable between renders; a trio peaks at about 0.4."""

_DRUM_BANK: Final = 128
_FAILED: Final = -1

_anchors: dict[Path, Any] = {}
_spares: dict[tuple[Path, int, int], tuple[Any, int]] = {}
"""By font, channels and rate an object that has played nothing, with the number of its font."""

_lock: Final = threading.Lock()


@functools.cache
def _library() -> Any:
    """Return the module ``fluidsynth``, or None where it or the C library is missing."""
    try:
        import fluidsynth
    except (ImportError, OSError, AttributeError):
        return None
    # An unrelated package on PyPI has the same module name and no Synth.
    return fluidsynth if hasattr(fluidsynth, "Synth") and _write_float(fluidsynth) else None


def _write_float(library: Any) -> Any:
    """Return the C function that writes floating point frames; pyfluidsynth does not wrap it."""
    prototype = [("synth", ctypes.c_void_p, 1), ("len", ctypes.c_int, 1)]
    for side in ("left", "right"):
        prototype += [
            (f"{side}_out", ctypes.c_void_p, 1),
            (f"{side}_offset", ctypes.c_int, 1),
            (f"{side}_increment", ctypes.c_int, 1),
        ]
    return library.cfunc("fluid_synth_write_float", ctypes.c_int, *prototype)


def is_available() -> bool:
    """Whether libfluidsynth and its Python binding can be used here."""
    return _library() is not None


def is_usable_font(path: Path) -> bool:
    """Whether FluidSynth can load the SoundFont at ``path``; keeps it warm if so."""
    return _anchor(path) is not None


def _anchor(path: Path) -> Any:
    with _lock:
        if path not in _anchors:
            synth, font = _new_synth(path, n_channels=16, sample_rate=44_100)
            if font == _FAILED:
                synth.delete()
                return None
            for old in (*_anchors.values(), *(spare for spare, _ in _spares.values())):
                old.delete()
            _anchors.clear()
            _spares.clear()
            _anchors[path] = synth
        return _anchors[path]


def _new_synth(path: Path, *, n_channels: int, sample_rate: int) -> tuple[Any, int]:
    synth = _library().Synth(
        gain=_GAIN,
        samplerate=float(sample_rate),
        channels=n_channels,
        # Locked pages count against a container's limit and bring nothing to an offline render.
        **{"synth.lock-memory": 0},
    )
    return synth, synth.sfload(str(path))


def render(score: scores.Score, *, soundfont: Path, sample_rate: int) -> npt.NDArray[np.float32]:
    """Play ``score`` and its tail, ``[n_frames, 2]``."""
    if _anchor(soundfont) is None:
        raise SynthesisError(
            f"FluidSynth cannot load the SoundFont {soundfont}.",
            remedy="Set MIDIME_SOUNDFONT to a General MIDI SoundFont (.sf2 or .sf3).",
        )
    kind = (soundfont, score.n_channels, sample_rate)
    synth, font = _unused(kind)
    try:
        for voice in score.voices:
            _select(synth, font, voice)
        return _play(synth, score, sample_rate)
    finally:
        synth.delete()
        threading.Thread(target=_make_spare, args=(kind,), name="midime-synth", daemon=True).start()


def _unused(kind: tuple[Path, int, int]) -> tuple[Any, int]:
    """The one that was made ahead, or a new one."""
    with _lock:
        spare = _spares.pop(kind, None)
    path, n_channels, sample_rate = kind
    return spare or _new_synth(path, n_channels=n_channels, sample_rate=sample_rate)


def _make_spare(kind: tuple[Path, int, int]) -> None:
    """Make one ahead for the next render of that kind; one of another kind goes."""
    path, n_channels, sample_rate = kind
    with _lock:
        if kind in _spares or path not in _anchors:
            return
    # Not within the lock, for which renders would wait.
    made = _new_synth(path, n_channels=n_channels, sample_rate=sample_rate)
    with _lock:
        unwanted = [spare for spare, _ in _spares.values()]
        _spares.clear()
        _spares[kind] = made
    for spare in unwanted:
        spare.delete()


def _select(synth: Any, font: int, voice: scores.Voice) -> None:
    bank = _DRUM_BANK if voice.is_drum else 0
    selected = synth.program_select(voice.channel, font, bank, voice.program)
    if selected == _FAILED:  # The font has not that sound: its first one of the kind plays.
        synth.program_select(voice.channel, font, bank, 0)


def _play(synth: Any, score: scores.Score, sample_rate: int) -> npt.NDArray[np.float32]:
    write = _write_float(_library())
    n_frames = round((score.seconds + TAIL_SECONDS) * sample_rate)
    samples = np.zeros((n_frames, 2), np.float32)
    start = samples.ctypes.data
    done = 0

    def advance(frame: int) -> None:
        nonlocal done
        count = min(frame, n_frames) - done
        if count > 0:
            # Left and right interleaved in one buffer: offsets 0 and 1, two apart.
            write(synth.synth, count, start + 8 * done, 0, 2, start + 8 * done, 1, 2)
            done += count

    for event in scores.events(score):
        advance(round(event.seconds * sample_rate))
        _send(synth, event)
    advance(n_frames)
    return samples


def _send(synth: Any, event: scores.Event) -> None:
    if event.kind == scores.EventKind.NOTE_ON:
        synth.noteon(event.channel, event.number, event.value)
    elif event.kind == scores.EventKind.NOTE_OFF:
        synth.noteoff(event.channel, event.number)
    elif event.number == scores.PITCH_BEND:
        synth.pitch_bend(event.channel, event.value)
    else:
        synth.cc(event.channel, event.number, event.value)
