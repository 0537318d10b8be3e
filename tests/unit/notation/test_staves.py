"""What is written in each bar is what sounds there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.errors import OptionError
from midime_engine.music.playback import Playback
from midime_engine.notation.keys import Key
from midime_engine.notation.staves import Staff, key_of, staves_of

METRES = {(4, 4): 16, (3, 4): 12, (6, 8): 12, (7, 8): 14, (2, 2): 16, (5, 16): 5}
TRIO = ("melody", "bass", "drums")


def music(tokens, parts=("melody",), **playback):
    """Tokens as a sequence."""
    return sequence_from_tokens(np.asarray(tokens), parts=parts, playback=Playback(**playback))


def sounding(staff: Staff) -> list[tuple[int, int, int]]:
    """Pitch, start and end of each note, tied ones put together."""
    notes: list[tuple[int, int, int]] = []
    for measure in staff.measures:
        for event in measure.events:
            start = measure.bar.start + event.start
            for pitch in event.pitches:
                if event.is_tied_back:
                    last = next(i for i, n in enumerate(notes) if n[0] == pitch and n[2] == start)
                    notes[last] = (pitch, notes[last][1], start + event.length)
                else:
                    notes.append((pitch, start, start + event.length))
    return notes


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([0, 0, 0, 1, 40, 45, 52]), min_size=1, max_size=64),
    st.sampled_from(list(METRES)),
)
def test_bars_are_full_and_every_note_is_there(tokens: list[int], metre: tuple[int, int]) -> None:
    """In any metre: pitches, starts and ends come back from the score, ties put together."""
    numerator, denominator = metre
    sequence = music(np.array(tokens)[:, None], numerator=numerator, denominator=denominator)
    (staff,) = staves_of(sequence)
    for measure in staff.measures:
        assert sum(event.length for event in measure.events) == measure.bar.length == METRES[metre]
        starts = [event.start for event in measure.events]
        assert starts == np.cumsum([0, *(event.length for event in measure.events)])[:-1].tolist()
    expected = [(n.pitch, n.quantized_start_step, n.quantized_end_step) for n in sequence.notes]
    assert sounding(staff) == expected
    assert staff.measures[-1].bar.start + METRES[metre] >= len(tokens)


def test_a_note_across_a_bar_line_is_tied() -> None:
    """From its first piece to its last."""
    tokens = np.zeros((32, 1), int)
    tokens[14], tokens[20] = 41, 1
    (staff,) = staves_of(music(tokens))
    ties = [
        (event.length, event.is_tied_back, event.is_tied_on)
        for measure in staff.measures
        for event in measure.events
        if event.pitches
    ]
    assert ties == [(2, False, True), (4, True, False)]


def test_a_trio_has_three_staves_in_order() -> None:
    """Drums last, with no key; all with the same bars."""
    tokens = np.zeros((32, 3), int)
    tokens[0] = [41, 20, 5]
    staves = staves_of(music(tokens, TRIO, programs=(73, 33, 0)))
    assert [(s.name, s.program, s.is_drums) for s in staves] == [
        ("Melody", 73, False),
        ("Bass", 33, False),
        ("Drums", 0, True),
    ]
    assert len({tuple(m.bar for m in staff.measures) for staff in staves}) == 1


def test_drums_are_written_up_to_the_next_one_within_a_beat() -> None:
    """Struck together they are one chord; what is left of the beat is silence."""
    tokens = np.zeros((16, 1), int)
    tokens[[0, 2, 4, 11]] = [[0b101], [0b100], [0b010], [0b001]]
    (staff,) = staves_of(music(tokens, ("drums",)))
    written = [(e.start, e.length, e.pitches) for e in staff.measures[0].events]
    assert written == [
        (0, 2, (36, 42)),
        (2, 2, (42,)),
        (4, 4, (38,)),
        (8, 3, ()),
        (11, 1, (36,)),
        (12, 4, ()),
    ]


def test_silence_is_a_score_of_rests() -> None:
    """One for each bar."""
    (staff,) = staves_of(music(np.zeros((32, 1), int)))
    assert [[e.length for e in m.events] for m in staff.measures] == [[16], [16]]


def test_a_pickup_is_a_short_bar_of_number_zero() -> None:
    """As musicians count."""
    sequence = music(np.zeros((36, 1), int))
    del sequence.time_signatures[:]
    sequence.time_signatures.add(numerator=1, denominator=4, time=0)
    sequence.time_signatures.add(numerator=4, denominator=4, time=4 * Playback().seconds_per_step)
    (staff,) = staves_of(sequence)
    assert [(m.bar.number, m.bar.length) for m in staff.measures] == [(0, 4), (1, 16), (2, 16)]


def test_the_key_is_that_of_all_music_that_belongs_together() -> None:
    """Two bars say little; the song they came from says more. Drums say nothing."""
    tokens = np.zeros((32, 1), int)
    tokens[::4, 0] = [41 + step for step in (0, 2, 4, 5, 7, 9, 11, 12)]  # from middle C up
    scale, drums = music(tokens), music(np.full((32, 1), 511), ("drums",))
    assert key_of([scale, drums]) == key_of([scale]) == Key(0)
    assert staves_of(scale, key=Key(-3))[0].key == Key(-3)
    assert key_of([drums]) == key_of([]) == Key(0)


def test_a_metre_finer_than_the_grid_is_refused() -> None:
    """A bar of 3/32 has one and a half sixteenths."""
    with pytest.raises(OptionError, match="3/32"):
        staves_of(music(np.zeros((16, 1), int), numerator=3, denominator=32))
