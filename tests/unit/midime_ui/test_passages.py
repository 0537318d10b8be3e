"""Music that is going to be carried over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import NoUsableTrackError
from midime_engine.music.playback import Playback
from midime_ui import pairings, passages
from midime_ui.studies import SILENT
from tests.support.duets import DRUMS, MELODY, TRIO, a_passage
from tests.support.ruling import a_melody

if TYPE_CHECKING:
    from midime_ui.studies import Study


def test_a_piece_of_a_song_is_what_the_model_hears(study: Study) -> None:
    """Its notes, its tempo, and where it stands."""
    first, second = a_passage(study), a_passage(study, index=1)
    assert first.title == "tune.mid, bars 1 to 2"
    assert (second.first_bar, second.shape) == (3, (32, 1))
    assert first.playback.qpm == pytest.approx(90)
    assert len(first.vector) == 256
    assert len(passages.music(first).notes) == 8
    assert first.id != second.id


def test_a_longer_side_takes_longer_pieces(study: Study) -> None:
    """Four bars of melody stand against a trio."""
    passage = a_passage(study, target=TRIO)
    assert passage.shape == (64, 1)
    assert len(passage.vector) == 512
    assert passage.title.endswith("bars 1 to 4")


def test_a_window_of_a_model_is_repeated_where_its_side_is_longer(study: Study) -> None:
    """Twice the same two bars."""
    window, z = a_melody()[0], np.arange(256, dtype=np.float32)
    short = passages.of_window("x", z, window, Playback(), pairings.sides(study.model, DRUMS)[0])
    long = passages.of_window("x", z, window, Playback(), pairings.sides(study.model, TRIO)[0])
    assert np.array_equal(short.window, window)
    assert np.array_equal(long.window, np.tile(window, (2, 1)))
    assert np.array_equal(long.vector, np.tile(z, 2))
    assert len(passages.music(long).notes) == 2 * len(passages.music(short).notes)


def test_bars_that_do_not_fill_a_window_are_repeated_without_a_gap(study: Study) -> None:
    """Two bars of 3/4 are 24 of 32 steps."""
    waltz = Playback(numerator=3, n_steps=24)
    side = pairings.sides(study.model, TRIO)[0]
    long = passages.of_window("x", np.zeros(256, np.float32), a_melody()[0], waltz, side)
    assert long.playback.n_steps == 48
    assert np.array_equal(long.window[:24], long.window[24:48])
    assert not long.window[48:].any()


def test_another_model_plays_it_with_the_usual_instruments(study: Study) -> None:
    """At the same tempo."""
    passage = a_passage(study)
    flute = replace(passage, playback=replace(passage.playback, programs=(73,)))
    assert flute.usual.programs == ()
    assert flute.usual.qpm == passage.playback.qpm


def test_what_sounds_together_is_found(trio: Study) -> None:
    """Bars in which both sides play."""
    found = passages.together_in(trio, pairings.sides(MELODY, DRUMS))
    assert len(found) == 12


def test_a_song_without_the_parts_says_which_is_missing(study: Study) -> None:
    """Asked twice, the same sentence."""
    for _ in range(2):
        with pytest.raises(NoUsableTrackError, match="no drums"):
            passages.together_in(study, pairings.sides(MELODY, DRUMS))


def test_tracks_that_the_visitor_chose_are_taken(trio: Study) -> None:
    """A part that is left out is not there to learn from."""
    sha256 = trio.sources[0].sha256
    without = replace(trio, tracks=((sha256, "drums", SILENT),))
    with pytest.raises(NoUsableTrackError, match="no drums"):
        passages.together_in(without, pairings.sides(MELODY, DRUMS))
