"""What the browser is told about a piece of music."""

from __future__ import annotations

import pytest
from note_seq import NoteSequence

from midime_ui.components.player_parts import message
from midime_ui.listening import Clip
from tests.support.players import unpacked


def a_clip(seconds: float, *, is_cut: bool = False) -> Clip:
    """A clip without sound."""
    return Clip(b"", "flac", seconds, is_cut=is_cut)


def a_piece(end: float) -> NoteSequence:
    """120 beats per minute, from the second second on 60; one note up to ``end``."""
    sequence = NoteSequence(total_time=end)
    sequence.tempos.add(qpm=120, time=0.0)
    sequence.tempos.add(qpm=60, time=2.0)
    sequence.notes.add(pitch=60, velocity=90, start_time=0.0, end_time=end)
    return sequence


def test_facts_and_sound_come_back() -> None:
    """Every letter and every byte."""
    title = "Für <b>Élise</b> \N{MUSICAL SYMBOL G CLEF}"
    facts, sound = unpacked(message.pack({"title": title}, b"\0\xff{"))
    assert facts["title"] == title
    assert sound == b"\0\xff{"


def test_the_digest_is_of_what_is_heard() -> None:
    """A title does not change it; the sound and its timing do."""
    packed = [
        message.pack({"title": "a", "seconds": 1.0, "knots": []}, b"x"),
        message.pack({"title": "b", "seconds": 1.0, "knots": []}, b"x"),
        message.pack({"title": "a", "seconds": 1.0, "knots": []}, b"y"),
        message.pack({"title": "a", "seconds": 2.0, "knots": []}, b"x"),
    ]
    first, same, *others = [unpacked(each)[0]["hash"] for each in packed]
    assert same == first
    assert len({first, *others}) == 3


def test_time_follows_every_tempo() -> None:
    """And ends where the bar ends: four quarters in two seconds, four more in four."""
    told = message.time(a_piece(5.5), a_clip(5.5))
    assert told["seconds"] == pytest.approx(6.0)
    assert told["knots"] == [[0.0, 0.0], [2.0, 4.0], [6.0, 8.0]]


def test_a_cut_piece_ends_where_it_is_cut() -> None:
    """There is no sound for the rest of the bar."""
    told = message.time(a_piece(60.0), a_clip(5.0, is_cut=True))
    assert told["seconds"] == 5.0
    assert told["knots"][-1] == [5.0, 7.0]


def test_an_endless_bar_is_not_waited_for() -> None:
    """A bar of 64 whole notes is not filled with minutes of silence."""
    sequence = a_piece(5.5)
    sequence.time_signatures.add(numerator=64, denominator=1)
    assert message.time(sequence, a_clip(5.5))["seconds"] == 5.5


def test_the_small_roll_marks_what_is_kept() -> None:
    """Each box has its place, its colour and its mark."""
    sequence = a_piece(4.0)
    sequence.notes.add(pitch=64, velocity=90, start_time=0.0, end_time=4.0)
    told = message.boxes(sequence, theme="light", kept=[False, True])
    assert [box[5] for box in told["boxes"]] == [0, 1]
    assert {told["colours"][box[4]] for box in told["boxes"]} == {"#0b6e63"}
    assert told["quarters"] == 8.0
    assert all(box[5] == 0 for box in message.boxes(sequence, theme="light")["boxes"])
