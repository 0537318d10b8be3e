"""From notes to sound, by the best synthesiser that works on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import additive, fluid, rust
from midime_engine.synthesis.audio import Audio, bend_peaks
from midime_engine.synthesis.info import SynthInfo, synth_info
from midime_engine.synthesis.limits import (
    DEFAULT_SAMPLE_RATE,
    MAX_RENDERED_SECONDS,
    MAX_SAMPLE_RATE,
    MIN_SAMPLE_RATE,
)
from midime_engine.synthesis.score import Score

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from note_seq import NoteSequence

__all__ = ["render"]


def render(
    sequence: NoteSequence,
    *,
    sample_rate: int = DEFAULT_SAMPLE_RATE,
    first_seconds: float | None = None,
    synth: SynthInfo | None = None,
) -> Audio:
    """Play ``sequence`` at its own tempo, with a tail of :data:`~limits.TAIL_SECONDS`.

    Safe to call from several threads at once. The same notes on the same synthesiser give the
    same samples, bit for bit. Nothing is normalised: a soft piece is soft.

    Args:
        sequence: Notes in seconds. Without notes, its ``total_time`` of silence is returned.
        sample_rate: Frames per second.
        first_seconds: Stop after so many seconds of music; None plays to the end.
        synth: One returned by :func:`~midime_engine.synthesis.info.synth_info`; None chooses.

    Raises:
        SynthesisError: The music is longer than :data:`~limits.MAX_RENDERED_SECONDS`.
        ValueError: The sample rate is out of range, or a time is not finite.
    """
    if not MIN_SAMPLE_RATE <= sample_rate <= MAX_SAMPLE_RATE:
        raise ValueError(
            f"sample_rate must be {MIN_SAMPLE_RATE} to {MAX_SAMPLE_RATE}; got {sample_rate}."
        )
    score = Score.of(sequence, first_seconds=first_seconds)
    if score.seconds > MAX_RENDERED_SECONDS:
        raise SynthesisError(
            f"The music lasts {score.seconds / 60:.0f} minutes; sound is made for at most "
            f"{MAX_RENDERED_SECONDS / 60:.0f} at a time.",
            remedy="Play an excerpt, or download the MIDI file and play it elsewhere.",
        )
    info = synth or synth_info()
    return Audio(bend_peaks(_play(score, info, sample_rate)), sample_rate, info.name)


def _play(score: Score, info: SynthInfo, sample_rate: int) -> npt.NDArray[np.float32]:
    if info.soundfont is not None and info.backend == "fluidsynth":
        return fluid.render(score, soundfont=info.soundfont, sample_rate=sample_rate)
    if info.soundfont is not None and info.backend == "midirenderer":
        return rust.render(score, soundfont=info.soundfont, sample_rate=sample_rate)
    return additive.render(score, sample_rate=sample_rate)
