"""Nothing is moved, cut, dropped or filled up without being counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.converters.chunks import cut
from midime_engine.converters.tracks import Selection
from midime_engine.music.midi_io import read_midi
from tests.support.midi_files import bars_of, raw_midi, song
from tests.support.songs import Track

if TYPE_CHECKING:
    from midime_engine.converters.report import ImportReport
    from midime_engine.music.song import Song


def _report(one: Song, *, drums: bool = False) -> ImportReport:
    role = "drums" if drums else "melody"
    return cut(one, Selection({role: 0}), parts=(role,), n_steps=32).report


def _melody(*notes: tuple[int, int, int]) -> Song:
    return song(Track(notes))


def test_a_plain_song_has_nothing_to_report() -> None:
    """Silence about it is the report."""
    assert _report(song(bars_of(16, 4))).entries == ()


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            _melody((0, 8, 110), (8, 16, 120), (16, 32, 115)),
            "3 notes above the range moved down by octaves.",
        ),
        (_melody((0, 8, 12), (8, 32, 60)), "1 note below the range moved up by octaves."),
        (
            _melody((0, 8, 60), (0, 8, 64), (0, 8, 67), (8, 32, 60)),
            "2 notes were left out: a higher note begins on the same sixteenth.",
        ),
        (_melody((0, 12, 60), (8, 32, 64)), "1 note was ended early by the next note."),
        (
            _melody((0, 4, 60), (28, 36, 64), (60, 64, 65)),
            "1 note sounding across the start of a chunk was struck again there.",
        ),
        (_melody((0, 4, 60), (68, 96, 64)), "1 chunk without a note was left out."),
        (
            _melody((0, 48, 60)),
            "1 chunk fills 16 of the model's 32 steps; the rest is silence, and is cut off again.",
        ),
        (
            song(bars_of(16, 4), tempos=((0, 120.0), (48, 60.0))),
            "The tempo changes once; playback keeps to 120 quarter notes per minute.",
        ),
        (
            song(bars_of(2, 24), metres=((0, 4, 4), (32, 2, 4), (40, 4, 4))),
            "The metre changes 2 times; playback keeps to 4/4.",
        ),
        (
            song(bars_of(16, 4), bars_of(16, 4, channel=1), bars_of(16, 4, channel=2)),
            "2 other tracks (8 notes) are not used.",
        ),
        (
            song(bars_of(4, 17), metres=((0, 1, 4), (4, 4, 4))),
            "1 note before the first full bar was left out.",
        ),
    ],
)
def test_each_change_has_its_sentence(one: Song, sentence: str) -> None:
    """With the number, in words that no engineer is needed for."""
    assert sentence in _report(one).sentences()


def test_drums_have_theirs() -> None:
    """Unknown percussion and hits of one class at once."""
    kit = Track(((0, 1, 36), (0, 1, 35), (4, 5, 99), (8, 9, 38)), channel=9)
    assert _report(song(kit), drums=True).sentences()[:2] == (
        "1 drum hit outside the nine drum classes was left out.",
        "1 drum hit joined another hit of the same class on the same sixteenth.",
    )


def test_notes_off_the_grid_are_counted() -> None:
    """A third of a beat late is moved; a breath late is not worth a word."""
    body = b"\x00\x90\x3c\x40\x60\x3c\x00\x28\x3e\x40\x40\x3e\x00\x11\x40\x40\x60\x40\x00"
    report = _report(read_midi(raw_midi(body, division=96), name="x.mid"))
    assert "1 note moved to the nearest sixteenth." in report.sentences()


def test_what_the_file_left_open_is_counted() -> None:
    """A note without an end and a tempo without a meaning."""
    body = b"\x00\xff\x51\x03\0\0\0\x00\x90\x3c\x40\x60\xff\x2f\x00"
    report = _report(read_midi(raw_midi(body, division=24), name="x.mid"))
    assert "1 note without an end in the file was ended with the track." in report.sentences()
    assert "1 meaningless tempo or time signature was ignored." in report.sentences()


def test_in_a_trio_the_sentences_say_where() -> None:
    """Three parts, three accounts."""
    trio = song(
        Track(((0, 32, 110),)),
        Track(((0, 32, 12),), program=33, channel=1),
        Track(((0, 1, 99), (4, 5, 36)), channel=9),
    )
    selection = Selection({"melody": 0, "bass": 1, "drums": 2})
    report = cut(trio, selection, parts=("melody", "bass", "drums"), n_steps=32).report
    assert report.count("unmapped_drums") == 1
    assert "1 note above the range in the melody moved down by octaves." in report.sentences()
    assert "1 note below the range in the bass moved up by octaves." in report.sentences()
