"""Notes to the grid of sixteenths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from note_seq import NoteSequence, sequences_lib

from midime_engine.music.quantization import on_grid, quantize

if TYPE_CHECKING:
    import numpy as np


def _sequence(*times: tuple[float, float], qpm: float = 120.0) -> NoteSequence:
    sequence = NoteSequence()
    sequence.tempos.add(qpm=qpm)
    for start, end in times:
        sequence.notes.add(pitch=60, velocity=80, start_time=start, end_time=end)
    sequence.total_time = max(end for _, end in times)
    return sequence


def _steps(sequence: NoteSequence) -> list[tuple[int, int]]:
    return [(note.quantized_start_step, note.quantized_end_step) for note in sequence.notes]


def test_half_way_goes_up() -> None:
    """A note half a step late belongs to the next step."""
    assert _steps(quantize(_sequence((0.0625, 0.3125)))) == [(1, 3)]


@pytest.mark.parametrize("qpm", [66.0, 90.0, 97.3, 141.7])
def test_half_way_goes_up_at_tempos_that_no_float_can_hold(qpm: float) -> None:
    """Rounding errors of seconds do not decide where a note stands."""
    step = 15 / qpm
    halves = [((k + 0.5) * step, (k + 1.5) * step) for k in range(2000)]
    assert _steps(quantize(_sequence(*halves, qpm=qpm))) == [(k + 1, k + 2) for k in range(2000)]


def test_no_note_vanishes() -> None:
    """A note shorter than half a step lasts one step."""
    assert _steps(quantize(_sequence((0.5, 0.51)))) == [(4, 5)]


def test_a_tempo_change_moves_nothing() -> None:
    """Steps are musical time."""
    sequence = _sequence((0.0, 1.0), (1.0, 2.0))
    sequence.tempos.add(time=1.0, qpm=60)
    assert _steps(quantize(sequence)) == [(0, 8), (8, 12)]


def test_the_original_is_left_alone() -> None:
    """Protobuf messages are mutable, so the answer is a copy."""
    sequence = _sequence((0.0, 1.0))
    quantize(sequence)
    assert sequence.notes[0].quantized_end_step == 0
    assert not sequence.HasField("quantization_info")


def test_note_seq_agrees_where_it_has_an_answer(rng: np.random.Generator) -> None:
    """On a constant tempo the steps are those of ``note_seq.quantize_note_sequence``."""
    starts = rng.uniform(0, 60, 300)
    sequence = _sequence(*((s, s + d) for s, d in zip(starts, rng.uniform(0, 2, 300), strict=True)))
    expected = sequences_lib.quantize_note_sequence(sequence, 4)
    assert _steps(quantize(sequence)) == _steps(expected)


def test_another_grid_is_replaced_and_the_same_grid_is_kept() -> None:
    """Steps that are there are trusted, if they are sixteenths."""
    fine = quantize(_sequence((0.5, 1.0)), steps_per_quarter=24)
    assert _steps(fine) == [(24, 48)]
    assert _steps(on_grid(fine)) == [(4, 8)]
    sixteenths = quantize(_sequence((0.5, 1.0)))
    assert on_grid(sixteenths) is sixteenths


def test_a_grid_has_at_least_one_step() -> None:
    """Anything else is a programming mistake."""
    with pytest.raises(ValueError, match="at least 1"):
        quantize(_sequence((0.0, 1.0)), steps_per_quarter=0)
