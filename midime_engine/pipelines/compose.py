"""From a plan to a longer piece: decode, bring to the harmony of the song, join at bar lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.converters.harmony import Harmonised, bring_to
from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.metrics.kept_notes import KeptNotes, kept_notes
from midime_engine.music.joining import concatenate
from midime_engine.pipelines.plan import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.music.chords import Triad
    from midime_engine.music.playback import Playback
    from midime_engine.pipelines.plan import Plan
    from midime_engine.protocols import DecodesTokens, IntArray

__all__ = ["Composition", "compose", "kept_in", "kept_share", "to_sequence"]

_ROWS: Final = 8
"""Windows decoded at once: larger batches are hardly quicker, and between two of them somebody
can be told how far it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A longer piece as tokens."""

    plan: Plan

    tokens: IntArray
    """``[n, steps, parts]``; behind the steps of a slot that are heard there is silence."""

    chords: tuple[str, ...] = ()
    """The harmony that it was brought to, bar by bar; empty if it was not."""

    n_moved: int = 0
    """Notes that were moved to it."""

    n_notes: int = 0
    """Notes of the pitched parts that could have been; 0 if it was not brought to a harmony."""

    def to_json(self) -> dict[str, Any]:
        """As plain data for a report."""
        plan = self.plan
        small = None if plan.z_small is None else plan.z_small.tolist()
        return {
            "slots": [
                {
                    "steps": slot.n_steps,
                    "label": slot.label,
                    "seed": seed,
                    "z_small": None if small is None else small[i],
                }
                for i, (slot, seed) in enumerate(zip(plan.slots, plan.seeds, strict=True))
            ],
            "harmony": {
                "chords": list(self.chords),
                "notes": self.n_notes,
                "moved": self.n_moved,
            }
            if self.chords
            else None,
        }


def compose(
    plan: Plan,
    model: DecodesTokens,
    *,
    parts: tuple[Role, ...],
    playback: Playback,
    temperature: float | None = None,
    chords: Sequence[Triad | None] = (),
    advance: Callable[[int, int], None] | None = None,
) -> Composition:
    """Make the music of ``plan``.

    Args:
        plan: Which place is heard when.
        model: What turns its vectors into tokens.
        parts: The parts of the model.
        playback: The metre.
        temperature: None takes the likeliest note at every step.
        chords: The harmony of the song, one for each of its bars; the piece is brought to it.
            Empty leaves the notes as they are.
        advance: Told after each batch how many slots are done, of how many.
    """
    tokens = _decode(plan, model, temperature, advance)
    for window, slot in zip(tokens, plan.slots, strict=True):
        window[slot.n_steps :] = 0
    if not any(chords):
        return Composition(plan, tokens)
    frame = Frame.of(playback, tokens.shape[1])
    metre = (playback.numerator, playback.denominator)
    names: list[str] = []
    done: list[Harmonised] = []
    for window, slot in zip(tokens, plan.slots, strict=True):
        first = slot.song_bar
        bars = range(first, first + frame.n_bars(slot.n_steps))
        own = [chords[bar % len(chords)] for bar in bars]
        heard = bring_to(own, window[: slot.n_steps], parts=parts, metre=metre)
        window[: slot.n_steps] = heard.tokens
        names += [chord.name if chord else "" for chord in own]
        done.append(heard)
    return Composition(
        plan,
        tokens,
        chords=tuple(names),
        n_moved=sum(each.n_moved for each in done),
        n_notes=sum(each.n_notes for each in done),
    )


def to_sequence(
    composition: Composition, *, parts: tuple[Role, ...], playback: Playback
) -> NoteSequence:
    """The piece as notes, each slot beginning on a bar line."""
    pieces = [
        sequence_from_tokens(window, parts=parts, playback=replace(playback, n_steps=slot.n_steps))
        for window, slot in zip(composition.tokens, composition.plan.slots, strict=True)
    ]
    # With a number of steps, pieces are as long as they say: slots are whole bars already.
    return concatenate(pieces, replace(playback, n_steps=composition.tokens.shape[1]))


def kept_in(
    composition: Composition, chunks: Chunks, *, parts: tuple[Role, ...]
) -> tuple[KeptNotes, ...]:
    """What each slot has in common with the chunk that is nearest to it."""
    heard = Frame.of(chunks.playback, composition.tokens.shape[1]).heard
    song = chunks.tokens[:, :heard]
    return tuple(kept_notes(song, w[:heard], parts=parts) for w in composition.tokens)


def kept_share(kept: Sequence[KeptNotes]) -> float:
    """Share of all notes of a piece that are kept, in 0..1; 0 of no notes."""
    notes = [is_kept for slot in kept for is_kept in slot.notes]
    return sum(notes) / len(notes) if notes else 0.0


def _decode(
    plan: Plan,
    model: DecodesTokens,
    temperature: float | None,
    advance: Callable[[int, int], None] | None,
) -> IntArray:
    """Of all slots, ``[n, steps, parts]``; what is known is not decoded again."""
    windows = {i: np.array(tokens, np.int32) for i, tokens in plan.known.items()}
    unknown = [i for i in range(len(plan.slots)) if i not in windows]
    for start in range(0, len(unknown), _ROWS):
        rows = unknown[start : start + _ROWS]
        seeds = [plan.seeds[i] for i in rows]
        decoded = model.decode_tokens(plan.z[rows], temperature=temperature, seed=seeds)
        windows.update(zip(rows, np.array(decoded, np.int32), strict=True))
        if advance is not None:
            advance(len(windows), len(plan.slots))
    return np.stack([windows[i] for i in range(len(plan.slots))])
