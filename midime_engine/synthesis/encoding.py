"""Audio files: WAV, MP3, OGG Vorbis and FLAC, written by libsndfile without ffmpeg."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from midime_engine.errors import SynthesisError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.synthesis.audio import Audio

__all__ = ["MIME_TYPES", "AudioFormat", "encode"]

AudioFormat = Literal["wav", "mp3", "ogg", "flac"]

MIME_TYPES: Final[dict[AudioFormat, str]] = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}
"""What a browser calls each format."""

_SUBTYPES: Final[dict[AudioFormat, tuple[str, str]]] = {
    "wav": ("WAV", "PCM_16"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
    "ogg": ("OGG", "VORBIS"),
    "flac": ("FLAC", "PCM_16"),
}
# LAME and Vorbis are given blocks: one write of a long piece overflows libvorbis's stack.
_BLOCK_SECONDS: Final = 10


def encode(audio: Audio, format: AudioFormat = "wav", *, mono: bool = False) -> bytes:  # noqa: A002 - the word everybody uses for it
    """Return ``audio`` as a file, ``mono`` for half the size.

    Raises:
        SynthesisError: libsndfile was built without that format, or refuses the sample rate.
        ValueError: The format is not one of :data:`AudioFormat`.
    """
    import soundfile

    if format not in _SUBTYPES:
        raise ValueError(
            f"format must be one of {', '.join(get_args(AudioFormat))}; got {format!r}."
        )
    container, subtype = _SUBTYPES[format]
    samples = _middle(audio.samples) if mono else audio.samples
    block = _BLOCK_SECONDS * audio.sample_rate
    buffer = io.BytesIO()
    try:
        with soundfile.SoundFile(
            buffer,
            "w",
            samplerate=audio.sample_rate,
            channels=samples.shape[1],
            format=container,
            subtype=subtype,
        ) as file:
            for start in range(0, len(samples), block):
                file.write(samples[start : start + block])
    except (soundfile.LibsndfileError, ValueError) as error:
        raise SynthesisError(
            f"The sound cannot be written as {format.upper()} at {audio.sample_rate} Hz.",
            remedy="Choose WAV, which is always available.",
        ) from error
    return buffer.getvalue()


def _middle(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The mean of left and right, ``[n_frames, 1]``; NumPy's own takes 25 times as long."""
    return (samples[:, :1] + samples[:, 1:]) * np.float32(0.5)
