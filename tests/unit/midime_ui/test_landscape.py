"""The map of a personal space."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_ui import cutting, note_sequences, personal_space
from midime_ui.landscape import landscape, travel
from midime_ui.position import RANGE
from midime_ui.studies import Songless

if TYPE_CHECKING:
    from midime_ui.landscape import Landscape
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def of(study: Study, personal: Personal) -> Landscape:
    """The map, which there is."""
    land = landscape(study, personal)
    assert land is not None
    return land


def test_the_chunks_lie_where_the_midime_puts_them(study: Study, personal: Personal) -> None:
    """All of them within the window, among places to click."""
    land = of(study, personal)
    assert len(land.chunks) == len(cutting.material(study).chunks.items)
    x, y = land.terrain.x, land.terrain.y
    assert x[0] < land.chunks[:, 0].min()
    assert x[-1] > land.chunks[:, 0].max()
    assert y[0] < land.chunks[:, 1].min()
    assert y[-1] > land.chunks[:, 1].max()
    assert len(land.places) <= 1000, "more would be drawn by the graphics card"


def test_a_click_leads_to_where_it_was(study: Study, personal: Personal) -> None:
    """The sliders stand at the place that was clicked, as exactly as they can."""
    land = of(study, personal)
    inner = [i for i, place in enumerate(land.places) if np.abs(place).max() < 1.0]
    for i in inner[:: max(1, len(inner) // 10)]:
        np.testing.assert_allclose(land.place(land.point_at(i)), land.places[i], atol=0.02)


def test_a_click_beyond_the_sliders_is_brought_to_their_ends(
    study: Study, personal: Personal
) -> None:
    """They show what is played."""
    land = of(study, personal)
    for i in range(len(land.places)):
        assert max(np.abs(land.point_at(i))) <= RANGE


def test_without_the_song_the_first_two_sliders_are_the_map(
    study: Study, personal: Personal
) -> None:
    """And the likely region is that of the prior."""
    land = of(replace(study, sources=(), songless=Songless("x", Playback())), personal)
    assert not len(land.chunks)
    np.testing.assert_allclose(land.place((1.0, -0.5, 2.0)), [1.0, -0.5])
    row, column = np.unravel_index(land.terrain.mass.argmin(), land.terrain.mass.shape)
    assert (land.terrain.x[column], land.terrain.y[row]) == (0.0, 0.0)


def test_a_single_slider_has_no_map(study: Study, personal: Personal) -> None:
    """There is one way only."""
    single = MidiMe(MidiMeConfig(latent_size=1))
    assert landscape(study, replace(personal, data=persistence.to_bytes(single, {}))) is None


def test_a_journey_plays_its_ends_and_what_lies_between(study: Study, personal: Personal) -> None:
    """One after the other, each beginning on a bar line; fine controls go along."""
    ends = {"start": (-1.0, 0.0, 0.0), "end": (1.0, 0.5, 0.0)}
    usual = {"temperature": None, "seed": 0}
    piece = travel(study, personal, n=5, **ends, **usual)
    first = note_sequences.music(
        study, personal_space.variation(study, personal, ends["start"], **usual).tokens
    )[0]
    assert piece.total_time == 5 * first.total_time
    begun = [note.pitch for note in piece.notes if note.start_time < first.total_time - 1e-6]
    assert begun == [note.pitch for note in first.notes]
    nudged = travel(study, personal, n=5, **ends, **usual, nudges=((0, 3.0), (1, 3.0), (2, 3.0)))
    assert nudged != piece
