"""What a rule hears: the notes of a few bars as arrays, one passage or thousands at once.

Rules are computed on :class:`Passages`, all windows of a batch side by side in flat arrays, so that
thousands are judged in milliseconds. A :class:`Passage` is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, MIN_PITCH, N_DRUM_CLASSES, NO_EVENT
from midime_engine.converters.drums import REPRESENTATIVE_PITCHES, drum_class
from midime_engine.converters.notes import Notes
from midime_engine.converters.tokens import plays
from midime_engine.music.metre import bars, longest_metre
from midime_engine.music.playback import STEPS_PER_WHOLE, Playback
from midime_engine.music.quantization import on_grid
from midime_engine.music.sequences import note_sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

    BoolArray = npt.NDArray[np.bool_]

__all__ = ["Passage", "Passages", "passages"]

_ROLES: Final[tuple[Role, ...]] = ("melody", "bass", "drums")
_COMMON_TIME: Final = 16.0
_RANK: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """The notes of a passage, in order of part, then start, then pitch."""

    pitch: IntArray
    """MIDI pitches, ``[m]``; of drums General MIDI's percussion."""

    start: IntArray
    """First step that sounds, ``[m]``."""

    end: IntArray
    """First step that sounds no more, ``[m]``; after ``start``."""

    part: IntArray
    """Which of ``parts`` plays the note, ``[m]``."""

    parts: tuple[Role, ...]
    n_steps: int
    """Sixteenths, from a bar line on."""

    steps_per_bar: float = _COMMON_TIME
    """16 for 4/4, 12 for 3/4."""

    @classmethod
    def of(cls, sequence: NoteSequence, *, parts: tuple[Role, ...] | None = None) -> Passage:
        """The passage that ``sequence`` is, on the grid of sixteenths or not.

        Drums are the drum notes; instruments named "bass" or of programs 32..39 are bass unless
        they are named "melody"; all else is melody. The metre is the one that holds longest.

        Args:
            sequence: Any music; it is not changed.
            parts: Which parts there are, silent or not; None takes those that the sequence names
                or plays, and a melody where there is none.
        """
        return cls.located(sequence, parts=parts)[0]

    @classmethod
    def located(
        cls, sequence: NoteSequence, *, parts: tuple[Role, ...] | None = None
    ) -> tuple[Passage, npt.NDArray[np.intp]]:
        """As :meth:`of`, and which of the notes of ``sequence`` each note of the passage is."""
        placed = on_grid(sequence)
        notes = Notes.of(placed)
        parts = parts or _parts_of(placed, notes)
        part = np.full(len(notes), -1, np.int32)
        for index, role in enumerate(parts):
            part[plays(role, parts, notes, placed)] = index
        end = int(notes.end.max(initial=0))
        n_steps = max(1, int(placed.total_quantized_steps), end)
        numerator, denominator = longest_metre(bars(placed, n_steps=n_steps))
        order = np.lexsort((notes.pitch, notes.start, part))
        order = order[part[order] >= 0]
        passage = cls(
            notes.pitch[order],
            notes.start[order],
            notes.end[order],
            part[order],
            parts,
            n_steps,
            numerator * STEPS_PER_WHOLE / denominator,
        )
        return passage, order

    def __len__(self) -> int:
        """Number of notes, drum hits included."""
        return len(self.pitch)

    @property
    def n_bars(self) -> int:
        """Bars begun."""
        return max(1, int(np.ceil(self.n_steps / self.steps_per_bar - 1e-9)))

    def plays(self, role: Role) -> BoolArray:
        """Which notes are of ``role``, ``[m]``."""
        index = self.parts.index(role) if role in self.parts else -1
        return np.asarray(self.part == index)

    def onset_grid(self, role: Role) -> BoolArray:
        """On which steps something of ``role`` begins, ``[n_steps]``."""
        grid = np.zeros(self.n_steps, bool)
        grid[self.start[self.plays(role)]] = True
        return grid

    def hits(self) -> BoolArray:
        """Which of the nine drum classes are struck on which step, ``[n_steps, 9]``."""
        grid = np.zeros((self.n_steps, N_DRUM_CLASSES), bool)
        drums = self.plays("drums")
        classes = drum_class(self.pitch[drums])
        grid[self.start[drums][classes >= 0], classes[classes >= 0]] = True
        return grid

    def sequence(self) -> NoteSequence:
        """The passage as music at 120 quarter notes per minute, in steps and in seconds."""
        seconds = Playback().seconds_per_step
        music = note_sequence()()
        music.ticks_per_quarter = 220
        music.tempos.add(qpm=Playback().qpm)
        sixteenths = self.steps_per_bar
        unit = next((u for u in (4, 8, 16, 32) if (sixteenths * u / 16).is_integer()), 4)
        music.time_signatures.add(numerator=round(sixteenths * unit / 16), denominator=unit)
        music.quantization_info.steps_per_quarter = 4
        music.total_quantized_steps = self.n_steps
        music.total_time = self.n_steps * seconds
        for index, role in enumerate(self.parts):
            music.instrument_infos.add(instrument=_instrument(role, index), name=role)
        columns = (self.pitch, self.start, self.end, self.part)
        for pitch, start, end, part in zip(*(c.tolist() for c in columns), strict=True):
            role = self.parts[part]
            music.notes.add(
                pitch=pitch,
                velocity=80,
                start_time=start * seconds,
                end_time=end * seconds,
                quantized_start_step=start,
                quantized_end_step=end,
                instrument=_instrument(role, part),
                is_drum=role == "drums",
            )
        return music


@dataclass(frozen=True, slots=True, eq=False)
class Passages(Sequence[Passage]):
    """Passages of the same parts side by side, as cheap as one."""

    pitch: IntArray
    """Of all notes of all passages, ``[m]``."""

    start: IntArray
    end: IntArray
    part: IntArray
    first: npt.NDArray[np.int64]
    """Where the notes of each passage begin, and the end, ``[n + 1]``."""

    parts: tuple[Role, ...]
    n_steps: npt.NDArray[np.int64]
    """Of each passage, ``[n]``."""

    steps_per_bar: npt.NDArray[np.float64]
    """Of each passage, ``[n]``."""

    views: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What has been derived already; kept by :mod:`midime_engine.attributes.lines`."""

    @classmethod
    def of(cls, items: Sequence[Passage]) -> Passages:
        """``items`` side by side; itself if it is a batch already.

        Passages of different parts share all of their parts: those that one has not are silent.
        """
        if isinstance(items, Passages):
            return items
        together = {role for item in items for role in item.parts}
        parts = tuple(role for role in _ROLES if role in together) or ("melody",)
        counts = [len(item) for item in items]
        return cls(
            _joined(item.pitch for item in items),
            _joined(item.start for item in items),
            _joined(item.end for item in items),
            _joined(_renumbered(item, parts) for item in items),
            np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
            parts,
            np.array([item.n_steps for item in items], np.int64),
            np.array([item.steps_per_bar for item in items], np.float64),
        )

    def __len__(self) -> int:
        """Number of passages."""
        return len(self.n_steps)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> Passages: ...
    def __getitem__(self, index: int | slice) -> Passage | Passages:
        """One passage, or a batch of those in a slice."""
        if isinstance(index, slice):
            return Passages.of([self[i] for i in range(*index.indices(len(self)))])
        if not -len(self) <= index < len(self):
            raise IndexError(f"There are {len(self)} passages; got {index}.")
        index %= len(self)
        notes = slice(int(self.first[index]), int(self.first[index + 1]))
        return Passage(
            self.pitch[notes],
            self.start[notes],
            self.end[notes],
            self.part[notes],
            self.parts,
            int(self.n_steps[index]),
            float(self.steps_per_bar[index]),
        )


def passages(
    tokens: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float = _COMMON_TIME
) -> Passages:
    """Windows of tokens as passages, with the notes that ``sequence_from_tokens`` would write.

    Args:
        tokens: ``[n, steps, parts]``.
        parts: The parts of the model.
        steps_per_bar: 16 for 4/4.

    Raises:
        ValueError: If the shape does not fit ``parts``.
    """
    tokens = np.asarray(tokens)
    if tokens.ndim != _RANK or tokens.shape[2] != len(parts) or not tokens.shape[1]:
        raise ValueError(f"Tokens must be [n, steps, {len(parts)}]; got shape {tokens.shape}.")
    n, n_steps, _ = tokens.shape
    columns = [
        (_struck if role == "drums" else _held)(tokens[:, :, index])
        for index, role in enumerate(parts)
    ]
    window, pitch, start, end = (
        np.concatenate(of_parts) for of_parts in zip(*columns, strict=True)
    )
    part = np.repeat(np.arange(len(parts)), [len(column[0]) for column in columns])
    if len(parts) > 1:
        order = np.argsort(window, kind="stable")
        window, pitch, start, end, part = (a[order] for a in (window, pitch, start, end, part))
    return Passages(
        pitch,
        start,
        end,
        part.astype(np.int32),
        np.concatenate([[0], np.cumsum(np.bincount(window, minlength=n))]).astype(np.int64),
        parts,
        np.full(n, n_steps, np.int64),
        np.full(n, steps_per_bar, np.float64),
    )


def _held(line: IntArray) -> tuple[IntArray, ...]:
    """Window, pitch, start and end of the notes of a pitched part, ``[n, steps]``."""
    window, step = np.nonzero(line != NO_EVENT)
    token = line[window, step]
    end = np.full(len(token), line.shape[1])
    goes_on = window[1:] == window[:-1]
    end[:-1][goes_on] = step[1:][goes_on]
    begins = token >= FIRST_ONSET
    pitch = token[begins] - FIRST_ONSET + MIN_PITCH
    return _small(window[begins], pitch, step[begins], end[begins])


def _struck(line: IntArray) -> tuple[IntArray, ...]:
    """Window, pitch, start and end of the hits of a drum part, ``[n, steps]``."""
    window, step = np.nonzero(line)
    hit, drum = np.nonzero((line[window, step][:, None] >> np.arange(N_DRUM_CLASSES)) & 1)
    start = step[hit]
    return _small(window[hit], np.asarray(REPRESENTATIVE_PITCHES)[drum], start, start + 1)


def _small(*arrays: npt.NDArray[np.integer[Any]]) -> tuple[IntArray, ...]:
    return tuple(array.astype(np.int32) for array in arrays)


def _parts_of(sequence: NoteSequence, notes: Notes) -> tuple[Role, ...]:
    named = {info.name for info in sequence.instrument_infos}
    found = [role for role in _ROLES if role in named or plays(role, _ROLES, notes, sequence).any()]
    return tuple(found) or ("melody",)


def _renumbered(item: Passage, parts: tuple[Role, ...]) -> IntArray:
    if item.parts == parts:
        return item.part
    places = np.array([parts.index(role) for role in item.parts], np.int32)
    return np.asarray(places[item.part], np.int32)


def _joined(arrays: Iterable[IntArray]) -> IntArray:
    every = list(arrays)
    return np.concatenate(every).astype(np.int32) if every else np.zeros(0, np.int32)


def _instrument(role: Role, index: int) -> int:
    return 9 if role == "drums" else index
