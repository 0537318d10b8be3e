"""One window of music to tokens and back.

Tokens are int32 ``[..., steps, parts]``; :mod:`midime_engine.converters.classes` says what they
mean. Everything here is pure: arguments are never changed.

* :func:`tokens_from_sequence`: notes to the tokens of one window.
* :func:`sequence_from_tokens`: tokens to notes with tempo, metre, programs and velocities.
* :func:`drum_roll`: drum tokens to the encoder's input.
* :func:`transpose`: tokens moved by semitones.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import (
    FIRST_ONSET,
    MIN_PITCH,
    N_DRUM_CLASSES,
    N_DRUM_TOKENS,
    N_MELODY_CLASSES,
    NO_EVENT,
    fold_pitch,
)
from midime_engine.converters.drums import REPRESENTATIVE_PITCHES
from midime_engine.converters.lines import drum_line, pitched_line
from midime_engine.converters.notes import Notes
from midime_engine.music.playback import STEPS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.music.playback import Playback
    from midime_engine.protocols import IntArray

__all__ = [
    "DEFAULT_PROGRAMS",
    "DEFAULT_VELOCITY",
    "drum_roll",
    "plays",
    "sequence_from_tokens",
    "tokens_from_sequence",
    "transpose",
]

BASS_PROGRAMS: Final = range(32, 40)
"""General MIDI's bass family."""

_INSTRUMENTS: Final[Mapping[Role, int]] = {"melody": 0, "bass": 1, "drums": 9}
DEFAULT_PROGRAMS: Final[Mapping[Role, int]] = {"melody": 0, "bass": 33, "drums": 0}
DEFAULT_VELOCITY: Final = 80


def tokens_from_sequence(
    sequence: NoteSequence, *, parts: tuple[Role, ...], n_steps: int
) -> IntArray:
    """The first ``n_steps`` sixteenths of ``sequence`` as tokens ``[n_steps, parts]``.

    Drums are the drum notes. Where bass and melody are both asked for, instruments named
    "melody" and "bass" (as :func:`sequence_from_tokens` writes them) are what they are called;
    of the others, programs 32..39 are bass and all else is melody, whatever its program.
    A single pitched part takes all pitched notes. A part without notes is silent.

    Raises:
        ValueError: if ``parts`` is empty or ``n_steps`` is not positive.
    """
    if not parts or n_steps < 1:
        raise ValueError(f"At least one part and one step are needed; got {parts}, {n_steps}.")
    notes = Notes.of(sequence)
    tokens = np.zeros((n_steps, len(parts)), np.int32)
    for column, role in enumerate(parts):
        selected = notes.where(plays(role, parts, notes, sequence))
        line = drum_line if role == "drums" else pitched_line
        tokens[:, column] = line(selected, n_steps).tokens
    return tokens


def sequence_from_tokens(
    tokens: IntArray, *, parts: tuple[Role, ...], playback: Playback
) -> NoteSequence:
    """Notes for ``tokens`` ``[steps, parts]``, in steps and in seconds.

    Only the first ``playback.n_steps`` steps are kept; a note that sounds there is cut. A pitched
    note lasts until the next onset, note off or the end; a drum hit lasts one step. Part ``i``
    becomes instrument 0 (melody), 1 (bass) or 9 (drums), named after its role.

    Raises:
        ValueError: if ``tokens`` does not fit ``parts`` or holds a class that does not exist.
    """
    from note_seq import NoteSequence

    tokens = np.asarray(tokens)
    _check(tokens, parts)
    tokens = tokens[: playback.n_steps]
    sequence = NoteSequence()
    sequence.ticks_per_quarter = 220
    sequence.tempos.add(qpm=playback.qpm)
    sequence.time_signatures.add(numerator=playback.numerator, denominator=playback.denominator)
    sequence.quantization_info.steps_per_quarter = STEPS_PER_QUARTER
    sequence.total_quantized_steps = len(tokens)
    sequence.total_time = len(tokens) * playback.seconds_per_step
    for column, role in enumerate(parts):
        instrument = _INSTRUMENTS[role]
        sequence.instrument_infos.add(instrument=instrument, name=role)
        program = (playback.programs or tuple(DEFAULT_PROGRAMS[r] for r in parts))[column]
        velocity = (playback.velocities or (DEFAULT_VELOCITY,) * len(parts))[column]
        events = _hits if role == "drums" else _held_notes
        for pitch, start, end in events(tokens[:, column]):
            sequence.notes.add(
                pitch=pitch,
                velocity=velocity,
                start_time=start * playback.seconds_per_step,
                end_time=end * playback.seconds_per_step,
                quantized_start_step=start,
                quantized_end_step=end,
                instrument=instrument,
                program=program,
                is_drum=role == "drums",
            )
    return sequence


def drum_roll(tokens: IntArray) -> npt.NDArray[np.float32]:
    """Drum tokens ``[..., steps]`` to the encoder's input ``[..., steps, 10]``.

    Nine class bits, then one that is 1 where nothing is struck.
    """
    bits = (np.asarray(tokens)[..., None] >> np.arange(N_DRUM_CLASSES)) & 1
    nothing = ~bits.any(axis=-1, keepdims=True)
    return np.concatenate([bits, nothing], axis=-1).astype(np.float32)


def transpose(tokens: IntArray, semitones: int, *, parts: tuple[Role, ...]) -> IntArray:
    """Move the pitched parts of ``tokens`` ``[..., steps, parts]`` by ``semitones``.

    A pitch that leaves the range of the model moves by octaves; drums stay as they are.
    """
    moved = np.array(tokens, np.int32)
    pitched = [column for column, role in enumerate(parts) if role != "drums"]
    part = moved[..., pitched]
    pitch = fold_pitch(part - FIRST_ONSET + MIN_PITCH + semitones)
    moved[..., pitched] = np.where(part >= FIRST_ONSET, pitch - MIN_PITCH + FIRST_ONSET, part)
    return moved


def plays(
    role: Role, parts: tuple[Role, ...], notes: Notes, sequence: NoteSequence
) -> npt.NDArray[np.bool_]:
    """Which of ``notes``, all those of ``sequence``, play ``role``, ``[n]``.

    :func:`tokens_from_sequence` says how bass and melody are told apart.
    """
    if role == "drums":
        return notes.is_drum
    pitched = ~notes.is_drum
    if not {"melody", "bass"} <= set(parts):
        return pitched
    names = {info.instrument: info.name for info in sequence.instrument_infos}
    is_bass = np.isin(notes.program, list(BASS_PROGRAMS))
    is_bass |= np.isin(notes.instrument, [i for i, name in names.items() if name == "bass"])
    is_bass &= ~np.isin(notes.instrument, [i for i, name in names.items() if name == "melody"])
    return np.asarray(pitched & (is_bass if role == "bass" else ~is_bass))


def _check(tokens: IntArray, parts: tuple[Role, ...]) -> None:
    if tokens.ndim != 2 or tokens.shape[1] != len(parts):  # noqa: PLR2004 - [steps, parts]
        raise ValueError(f"Tokens must be [steps, {len(parts)}] for {parts}; got {tokens.shape}.")
    for column, role in enumerate(parts):
        n_classes = N_DRUM_TOKENS if role == "drums" else N_MELODY_CLASSES
        found = tokens[:, column]
        if found.size and not (found.min() >= 0 and found.max() < n_classes):
            span = f"{found.min()}..{found.max()}"
            raise ValueError(f"Tokens of {role} are 0..{n_classes - 1}; got {span}.")


def _held_notes(tokens: IntArray) -> Iterator[tuple[int, int, int]]:
    """Pitch, start and end of each note of a pitched part."""
    events = np.flatnonzero(tokens != NO_EVENT).tolist()
    for start, end in pairwise([*events, len(tokens)]):
        if tokens[start] >= FIRST_ONSET:
            yield int(tokens[start]) - FIRST_ONSET + MIN_PITCH, start, end


def _hits(tokens: IntArray) -> Iterator[tuple[int, int, int]]:
    """Pitch, start and end of each hit of a drum part."""
    for start in np.flatnonzero(tokens).tolist():
        for i, pitch in enumerate(REPRESENTATIVE_PITCHES):
            if tokens[start] >> i & 1:
                yield pitch, start, start + 1
