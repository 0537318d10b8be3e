from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.recipe import TRIO, Recipe
from midime_engine.pretraining.scores import read_score
from midime_engine.pretraining.trios import can_be_paired, drum_bars, paired_trios, trios
from tests.support.corpora import BASS, BEAT, TUNE, band, beat, pianist
from tests.support.midi_files import midi_bytes
from tests.support.songs import Track, track

RECIPE = Recipe(TRIO, 64)
OTHER = "G4 . . . F4 . . . E4 . . . D4 . . . "


def onsets(window: np.ndarray) -> list[int]:
    """Onsets of each part."""
    return [int((window[:, i] >= lowest).sum()) for i, lowest in enumerate((2, 2, 1))]


def test_a_band_gives_windows_of_all_three() -> None:
    """Melody, bass and drums in that order."""
    (window,) = trios(read_score(band(4)), RECIPE)
    assert window.shape == (64, 3)
    assert window[0].tolist() == [60 - 19, 36 - 19, 1]
    assert onsets(window) == [32, 16, 32]


def test_each_tune_gives_windows_of_its_own() -> None:
    """With the same bass and drums; two instruments in unison are one tune."""
    score = read_score(
        band(4, track(OTHER * 4, program=27, channel=1), track(TUNE * 4, program=11, channel=2))
    )
    first, second = trios(score, RECIPE)
    np.testing.assert_array_equal(first[:, 1:], second[:, 1:])
    assert (first[:, 0] != second[:, 0]).any()


def test_of_several_basses_the_busiest_plays() -> None:
    """In each window anew."""
    late = "off" + " ." * 63 + " " + "E2 . E2 . " * 16
    score = read_score(band(8, track(late, program=38, channel=1)))
    windows = trios(score, RECIPE)
    assert windows[0][0, 1] == 36 - 19
    assert windows[-1][0, 1] == 40 - 19


def test_a_band_without_a_bass_is_given_one() -> None:
    """What its low chords have lowest; the tune above is not touched."""
    low = track("D2 . . . " * 16, program=30)
    power_chords = Track(low.notes + tuple((a, b, p + 7) for a, b, p in low.notes), program=30)
    score = read_score(
        midi_bytes(track(TUNE * 4, program=73), power_chords, track(BEAT * 4, channel=9))
    )
    (window,) = trios(score, RECIPE)
    assert window[0].tolist() == [60 - 19, 38 - 19, 1]


@pytest.mark.parametrize("left_out", range(3))
def test_two_of_three_are_no_trio(left_out: int) -> None:
    """Something else has to be paired with them."""
    tracks = [
        track(TUNE * 4, program=73),
        track(BASS * 4, program=33),
        track(BEAT * 4, channel=9),
    ]
    del tracks[left_out]
    assert trios(read_score(midi_bytes(*tracks)), RECIPE) == []


def test_a_part_may_pause_in_a_tenth_of_the_windows() -> None:
    """Real songs have such bars; a model that saw too many would learn to leave parts out."""
    silence = "off" + " ." * 255 + " "
    score = read_score(
        midi_bytes(
            track((TUNE + OTHER) * 28, program=73),
            track(BASS * 56, program=33),
            track(silence + BEAT * 40, channel=9),
        )
    )
    windows = trios(score, RECIPE)
    silent = [window for window in windows if not window[:, 2].any()]
    assert 0 < len(silent) <= 0.1 * len(windows)


def test_a_part_with_one_stroke_is_neither_there_nor_silent() -> None:
    """Such windows are left out."""
    score = read_score(
        midi_bytes(
            track(TUNE * 4, program=73),
            track("C2 " + ". " * 63, program=33),
            track(BASS * 4, program=33, channel=1, name="second bass"),
            track("C2 " + ". " * 63, channel=9),
        )
    )
    assert trios(score, RECIPE) == []


def test_a_pianist_is_joined_by_a_drummer() -> None:
    """The melody is the melody, the left hand the bass, the drums begin with the song."""
    drums = drum_bars(read_score(beat(3)))
    (window,) = paired_trios(read_score(pianist(4)), drums, RECIPE)
    assert window[0].tolist() == [60 - 19, 36 - 19, 1]
    assert onsets(window)[2] == 32  # three bars, and the first one again


def test_a_named_melody_is_the_only_one() -> None:
    """The piano's highest notes are none then."""
    drums = drum_bars(read_score(beat(8)))
    windows = paired_trios(read_score(pianist(5)), drums, RECIPE)
    assert {tuple(window[:, 0]) for window in windows} == {tuple(windows[0][:, 0])}


def test_a_long_song_gives_few_windows_and_some_without_drums() -> None:
    """Forty-eight; every sixteenth is as the song was."""
    drums = drum_bars(read_score(beat(8)))
    windows = paired_trios(read_score(pianist(100)), drums, RECIPE)
    assert len(windows) == 48
    assert sum(not window[:, 2].any() for window in windows) == 3


def test_without_drums_or_a_bass_nothing_can_be_paired() -> None:
    """A tune alone has nothing to make a bass of."""
    drums = drum_bars(read_score(beat(8)))
    assert paired_trios(read_score(pianist(4)), drums[:0], RECIPE) == []
    assert paired_trios(read_score(midi_bytes(track(TUNE * 4))), drums, RECIPE) == []


def test_who_wants_a_drummer() -> None:
    """Songs in 4/4 with a tune and chords or a bass, and without drums."""
    waltz = midi_bytes(track(TUNE * 4), track(BASS * 4, program=33), metres=((0, 3, 4),))
    assert can_be_paired(read_score(pianist()))
    for data in (band(), beat(), midi_bytes(track(TUNE * 4)), waltz, midi_bytes(Track(()))):
        assert not can_be_paired(read_score(data))


def test_drum_bars_are_trimmed_to_what_is_struck() -> None:
    """A count-in of silence would leave the song alone."""
    text = "off" + " ." * 31 + " " + BEAT * 2
    bars = drum_bars(read_score(midi_bytes(track(text, channel=9))))
    assert bars.shape == (2, 16)
    assert bars[0, ::2].tolist() == [1, 4, 2, 4] * 2


def test_drum_bars_are_those_of_drummers_alone_in_four() -> None:
    """Neither a band nor a waltz."""
    waltz = midi_bytes(track(BEAT * 3, channel=9), metres=((0, 3, 4),))
    for data in (band(), waltz, pianist(), midi_bytes(Track(()))):
        assert drum_bars(read_score(data)).shape == (0, 16)
