"""The sliders show, and set, the very point that is decoded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.music.playback import Playback
from midime_ui import personal_space
from midime_ui.components.sliders import RANGE, Position, on_sliders
from midime_ui.studies import Songless
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The component alone; what it returns is kept."""
    import streamlit as st

    from midime_ui.components import sliders

    position = sliders.show(study, personal)
    st.session_state["result"] = (position.point, position.temperature, position.seed)


@pytest.mark.parametrize("value", [-99.0, -3.0, -0.004, 0.123456, 2.999, 99.0])
def test_a_point_is_brought_to_where_a_slider_can_stand(value: float) -> None:
    """Within the range, on a hundredth."""
    (stood,) = on_sliders([value])
    assert -RANGE <= stood <= RANGE
    assert round(stood * 100) == pytest.approx(stood * 100)


def test_there_are_as_many_sliders_as_the_midime_has_dimensions(
    study: Study, personal: Personal
) -> None:
    """What they show is what is returned."""
    page = perform(script, study=study, personal=personal)
    assert page.session_state["result"] == ((0.0, 0.0, 0.0), None, 0)
    page.slider(key="z1").set_value(-1.25).run()
    assert page.session_state["result"][0] == (0.0, -1.25, 0.0)


def test_a_seed_leads_to_the_point_that_the_engine_draws_from_it(
    study: Study, personal: Personal
) -> None:
    """So that the command line finds it as well."""
    page = perform(script, study=study, personal=personal)
    page.number_input(key="seed").set_value(11).run()
    expected = on_sliders(personal_space.random_point(study, personal, 11))
    assert page.session_state["result"] == (expected, None, 11)


def test_a_position_survives_the_library_and_the_address() -> None:
    """Sliders, temperature and seed; the address also says what is as usual."""
    position = Position((1.25, 0.0, -3.0), 0.7, 12)
    assert Position.from_json(position.to_json(), n_sliders=3) == position
    query = {"z0": "1.25", "z1": "0", "z2": "-3", "seed": "12", "daring": "0.7"}
    assert position.to_query() == query


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"point": "abc", "seed": "x", "temperature": []},
        {"point": [None, True, "1", float("nan")], "seed": -5, "temperature": float("inf")},
        {"point": {"z0": 1}, "seed": True, "temperature": -1},
    ],
)
def test_a_position_that_makes_no_sense_is_the_usual_one(data: dict[str, object]) -> None:
    """It may come from a stranger's file."""
    assert Position.from_json(data, n_sliders=2) == Position((0.0, 0.0), None, 0)


def test_a_position_beyond_the_sliders_is_brought_back() -> None:
    """As many numbers as there are sliders, each within its range."""
    data = {"point": [99, -99, 1, 1], "seed": 10**9, "temperature": 50}
    assert Position.from_json(data, n_sliders=2) == Position((3.0, -3.0), 1.5, 9999)
    assert Position.from_json({"point": [1]}, n_sliders=3).point == (1.0, 0.0, 0.0)


def test_without_the_song_there_is_no_piece_to_start_from(study: Study, personal: Personal) -> None:
    """The sliders are all there."""
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert len(page.slider) == 4
    assert not page.selectbox
    page.button(key="surprise").click().run()
    assert not page.exception
