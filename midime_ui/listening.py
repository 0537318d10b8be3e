"""From notes to what is heard in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine import synthesis
from midime_engine.errors import SynthesisError

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.synthesis import AudioFormat, SynthInfo

__all__ = ["LONGEST_SECONDS", "MOST_BYTES", "PREVIEW_SECONDS", "Clip", "clip", "sound", "synth"]

LONGEST_SECONDS: Final = 400.0
"""How much of a piece is played: 64 bars of 4/4 at 40 beats per minute are 384 seconds."""

MOST_BYTES: Final = 8_000_000
"""No clip is larger: 400 seconds of MP3 are about 4 MB, half a minute of FLAC is 1.5 MB."""

PREVIEW_SECONDS: Final = 30.0
"""How much of a whole song is played: enough to recognise it, ready within a second."""

_SHORT_SECONDS: Final = 32.0
"""Up to here clips are FLAC, beyond MP3.

Measured on two cores: of 4 seconds MP3 takes 74 ms and 39 kB, WAV 5 ms and 485 kB, FLAC 11 ms and
151 kB; browsers decode all three in about 10 ms. So FLAC is heard first on every line faster than
14 Mbit/s, takes a seventh of the server's time, and has its first sample in the same place in every
browser, which MP3 does not promise. Of minutes the bytes would count more than that."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound as the browser gets it."""

    data: bytes
    kind: AudioFormat
    seconds: float
    """Of music, without the reverberation that follows."""

    is_cut: bool
    """Whether the piece goes on after it."""

    @property
    def mime(self) -> str:
        """What a browser calls its format."""
        return synthesis.MIME_TYPES[self.kind]


@st.cache_resource(show_spinner=False)
def synth() -> SynthInfo:
    """What plays here."""
    return synthesis.synth_info()


@st.cache_data(show_spinner="Making the sound…", max_entries=512, max_size="256MiB")
def sound(sequence: NoteSequence, kind: AudioFormat, *, seconds: float | None = None) -> bytes:
    """``sequence`` as an audio file, in mono where it is compressed.

    Args:
        sequence: What to play.
        kind: WAV for keeping, MP3 for a phone line: a thirtieth of the bytes.
        seconds: How much of it; None for all.
    """
    audio = synthesis.render(sequence, first_seconds=seconds, synth=synth())
    return synthesis.encode(audio, kind, mono=kind != "wav")


def clip(sequence: NoteSequence, *, seconds: float | None = None) -> Clip:
    """The beginning of ``sequence`` as a player plays it, at most :data:`LONGEST_SECONDS`.

    Args:
        sequence: What to play.
        seconds: How much of it; None for as much as is played at all.

    Raises:
        SynthesisError: When libsndfile cannot write the format, or the sound is too large.
    """
    ends = max((note.end_time for note in sequence.notes), default=0.0)
    whole = max(float(sequence.total_time), float(ends))
    wanted = min(LONGEST_SECONDS, LONGEST_SECONDS if seconds is None else seconds)
    length = min(whole, wanted)
    kind: AudioFormat = "flac" if length <= _SHORT_SECONDS else "mp3"
    data = sound(sequence, kind, seconds=wanted)
    if len(data) > MOST_BYTES:
        raise SynthesisError(
            f"The sound has {len(data) / 1e6:.0f} MB; a page takes {MOST_BYTES / 1e6:.0f} at most.",
            remedy="Download the MIDI file and play it with another program.",
        )
    return Clip(data, kind, length, is_cut=whole > wanted)
