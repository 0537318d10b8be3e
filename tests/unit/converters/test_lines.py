"""Parts as rows of tokens, and windows cut from them."""

from __future__ import annotations

import numpy as np
import pytest
from note_seq import NoteSequence

from midime_engine.converters.lines import Line, drum_line, pitched_line
from midime_engine.converters.notes import Notes
from tests.support.melodies import drums, melody


def _notes(*notes: tuple[int, int, int]) -> Notes:
    """Notes as (start, end, pitch)."""
    sequence = NoteSequence()
    sequence.quantization_info.steps_per_quarter = 4
    for start, end, pitch in notes:
        sequence.notes.add(pitch=pitch, quantized_start_step=start, quantized_end_step=end)
    return Notes.of(sequence)


def _line(*notes: tuple[int, int, int], n_steps: int = 8) -> Line:
    return pitched_line(_notes(*notes), n_steps)


def test_a_note_is_an_onset_and_an_end() -> None:
    """In between nothing happens."""
    assert np.array_equal(_line((0, 3, 60)).tokens, melody("C4 . . off . . . ."))


def test_no_note_off_is_written_where_the_next_note_begins_or_the_line_ends() -> None:
    """An onset ends the note before, and so does the end."""
    assert np.array_equal(_line((0, 4, 60), (4, 8, 64)).tokens, melody("C4 . . . E4 . . ."))


def test_of_a_chord_the_highest_note_stays() -> None:
    """Its own end counts, not that of the longer notes below it."""
    line = _line((0, 8, 48), (0, 4, 64), (0, 8, 55))
    assert np.array_equal(line.tokens, melody("E4 . . . off . . ."))
    assert line.n_beneath == 2


def test_a_later_onset_ends_the_earlier_note_for_good() -> None:
    """Neither the note beneath comes back, nor does its end cut the later note short."""
    line = _line((0, 6, 60), (2, 8, 64))
    assert np.array_equal(line.tokens, melody("C4 . E4 . . . . ."))
    assert line.n_shortened == 1


def test_a_lower_onset_ends_a_higher_note_too() -> None:
    """A melody goes down as well."""
    assert np.array_equal(_line((0, 8, 72), (4, 6, 60)).tokens, melody("C5 . . . C4 . off ."))


@pytest.mark.parametrize(
    ("pitch", "name", "down", "up"), [(120, "C8", 1, 0), (109, "C#7", 1, 0), (20, "G#1", 0, 1)]
)
def test_pitches_outside_the_range_move_by_octaves(
    pitch: int, name: str, down: int, up: int
) -> None:
    """The melody keeps its notes, and each move is counted."""
    line = _line((0, 8, pitch))
    assert line.tokens[0] == melody(name)[0]
    assert (line.n_moved_down, line.n_moved_up) == (down, up)


def test_notes_beyond_the_end_are_left_out() -> None:
    """A line has as many steps as it was asked for."""
    assert np.array_equal(_line((0, 20, 60), (9, 10, 64)).tokens, melody("C4 . . . . . . ."))


def test_silence_is_a_line() -> None:
    """Of zeros."""
    line = _line()
    assert not line.tokens.any()
    assert not line.window(0, 8, 8).any()


def test_a_note_held_into_a_window_is_struck_again_and_ends_where_it_ended() -> None:
    """No sound is lost at the border, and no other note is touched."""
    line = _line((2, 6, 60), (6, 8, 64))
    assert np.array_equal(line.window(0, 4, 4), melody(". . C4 ."))
    assert np.array_equal(line.window(4, 4, 4), melody("C4 . E4 ."))
    assert (line.is_held_over(4), line.is_held_over(2), line.is_held_over(0)) == (
        True,
        False,
        False,
    )


def test_a_note_that_ended_at_the_border_leaves_no_note_off_behind() -> None:
    """A window cannot begin with the end of a note that is not in it."""
    line = _line((0, 4, 60))
    assert np.array_equal(line.window(4, 4, 4), melody(". . . ."))


def test_the_rest_of_a_window_is_silent() -> None:
    """A note that sounds at the end of the music is ended there."""
    line = _line((0, 8, 60))
    assert np.array_equal(line.window(0, 4, 6), melody("C4 . . . off ."))
    assert np.array_equal(line.window(4, 8, 6), melody("C4 . . . off ."))


def test_a_window_beyond_the_end_is_silent() -> None:
    """There is nothing to hear."""
    assert not _line((0, 8, 60)).window(8, 4, 4).any()


def test_two_hits_of_one_class_are_one() -> None:
    """Kick 36 and kick 35 together are a kick, not a snare."""
    line = drum_line(_notes((0, 1, 36), (0, 1, 35), (4, 5, 38), (4, 5, 40)), 8)
    assert np.array_equal(line.tokens, drums("k . . . s . . ."))
    assert line.n_merged == 2


def test_percussion_outside_the_classes_is_left_out_and_counted() -> None:
    """And takes nothing else of its step with it."""
    line = drum_line(_notes((0, 1, 38), (0, 1, 99), (2, 3, 99)), 4)
    assert np.array_equal(line.tokens, drums("s . . ."))
    assert line.n_unmapped == 2


def test_only_the_onset_of_a_drum_counts() -> None:
    """A cymbal written as a long note is not struck again in the next window."""
    line = drum_line(_notes((2, 8, 49), (4, 5, 36)), 8)
    assert np.array_equal(line.window(4, 4, 4), drums("k . . ."))


def test_a_kick_alone_is_no_note_off() -> None:
    """Both are the number 1; a window of drums may begin with a kick."""
    line = drum_line(_notes((0, 1, 36)), 4)
    assert line.window(0, 4, 4)[0] == 1
