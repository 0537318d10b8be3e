"""What a synthesiser is told to play."""

from __future__ import annotations

import pytest

from midime_engine.synthesis.limits import MIN_NOTE_SECONDS
from midime_engine.synthesis.score import PITCH_BEND, EventKind, Score, events
from tests.support.notes import add, sequence


def test_notes_end_before_others_begin_at_the_same_moment() -> None:
    """Otherwise a repeated note would be cut off as it is struck."""
    order = [(e.seconds, e.kind) for e in events(Score.of(sequence([(0, 1, 60), (1, 2, 60)])))]
    assert order == [
        (0, EventKind.NOTE_ON),
        (1, EventKind.NOTE_OFF),
        (1, EventKind.NOTE_ON),
        (2, EventKind.NOTE_OFF),
    ]


def test_controls_are_set_before_notes_begin() -> None:
    """A program that starts soft does not begin with a loud note."""
    song = sequence([(1, 2, 60)])
    song.control_changes.add(time=1, control_number=7, control_value=20)
    assert [e.kind for e in events(Score.of(song))] == [
        EventKind.GESTURE,
        EventKind.NOTE_ON,
        EventKind.NOTE_OFF,
    ]


def test_an_overlapped_note_ends_where_the_next_begins() -> None:
    """One channel cannot sound the same pitch twice."""
    notes = Score.of(sequence([(0, 3, 60), (1, 2, 60)])).notes
    assert [(n.start, n.end) for n in notes] == [(0, 1), (1, 2)]


def test_of_two_equal_notes_one_remains() -> None:
    """As loud and as long as the greater of the two."""
    song = sequence([(0, 1, 60)], velocity=50)
    add(song, [(0, 2, 60)], velocity=40)
    (note,) = Score.of(song).notes
    assert (note.end, note.velocity) == (2, 50)


def test_a_note_of_no_length_can_be_heard() -> None:
    """It lasts as long as it takes to hear an attack."""
    (note,) = Score.of(sequence([(0.5, 0.5, 60)], total_time=1)).notes
    assert note.end - note.start == pytest.approx(MIN_NOTE_SECONDS)


def test_velocity_zero_is_silence() -> None:
    """MIDI calls it a note off."""
    assert Score.of(sequence([(0, 1, 60)], velocity=0)).notes == ()


def test_drums_play_on_the_tenth_channel_and_nothing_else_does() -> None:
    """Channel 9, counted from 0, is the drums of General MIDI."""
    song = sequence()
    for i in range(12):
        add(song, [(0, 1, 60)], instrument=i, program=i)
    add(song, [(0, 1, 36)], instrument=12, is_drum=True)
    voices = Score.of(song).voices
    assert {v.channel for v in voices if v.is_drum} == {9}
    assert len({v.channel for v in voices}) == 13


def test_channels_come_in_groups_of_sixteen() -> None:
    """Forty instruments need three groups, and no drum channel is used for pitches."""
    song = sequence()
    for i in range(40):
        add(song, [(0, 1, 60)], instrument=i, program=i)
    score = Score.of(song)
    assert score.n_channels == 48
    assert all(v.channel % 16 != 9 for v in score.voices)
    group = score.group(2)
    assert {v.program for v in group.voices} == set(range(30, 40))
    assert {n.channel for n in group.notes} <= set(range(16))


def test_more_instruments_than_channels_share_by_program() -> None:
    """Three hundred instruments of two programs: every note is played, with its own sound."""
    song = sequence()
    for i in range(300):
        add(song, [(i, i + 1, 60)], instrument=i, program=i % 2)
    score = Score.of(song)
    assert len(score.voices) == 2
    assert len(score.notes) == 300


def test_many_drum_kits_do_not_run_out_of_channels() -> None:
    """Twenty kits of twenty programs still play on drum channels only."""
    song = sequence()
    for i in range(20):
        add(song, [(i, i + 1, 36)], instrument=i, program=i, is_drum=True)
    score = Score.of(song)
    assert len(score.notes) == 20
    assert {v.channel % 16 for v in score.voices} == {9}


def test_bends_and_known_controls_are_taken_with_bounds() -> None:
    """What a file claims is brought into MIDI's ranges, and bank selection is left out."""
    song = sequence([(0, 1, 60)])
    song.pitch_bends.add(time=0, bend=20_000)
    song.control_changes.add(time=0, control_number=64, control_value=300)
    song.control_changes.add(time=0, control_number=0, control_value=5)
    gestures = {(g.control, g.value) for g in Score.of(song).gestures}
    assert gestures == {(PITCH_BEND, 8191), (64, 127)}


def test_a_cut_score_holds_nothing_beyond() -> None:
    """Notes that begin later are left out, and one that sounds there ends there."""
    score = Score.of(sequence([(0, 4, 60), (3, 5, 64)]), first_seconds=2.0)
    assert [(n.start, n.end) for n in score.notes] == [(0, 2)]
    assert score.seconds == 2.0
