"""Sound: a ``NoteSequence`` becomes samples, and samples become a file.

Three synthesisers, the first that works being used: FluidSynth (libfluidsynth and pyfluidsynth),
midirenderer (pip only), and an additive one in NumPy that always works. :func:`synth_info` says
which.

* :func:`render`: notes to :class:`Audio`, stereo float32 at a fixed gain; same notes, same bytes.
* :func:`encode`: :class:`Audio` to WAV, MP3, OGG or FLAC.
"""

from __future__ import annotations

from midime_engine.synthesis.audio import Audio
from midime_engine.synthesis.encoding import MIME_TYPES, AudioFormat, encode
from midime_engine.synthesis.info import SynthInfo, synth_info
from midime_engine.synthesis.limits import MAX_RENDERED_SECONDS, TAIL_SECONDS
from midime_engine.synthesis.rendering import render

__all__ = [
    "MAX_RENDERED_SECONDS",
    "MIME_TYPES",
    "TAIL_SECONDS",
    "Audio",
    "AudioFormat",
    "SynthInfo",
    "encode",
    "render",
    "synth_info",
]
