"""The sliders show, and set, the very point that is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui import resources
from midime_ui.components.sliders import RANGE, on_sliders
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.state import Personal, Study


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
    expected = on_sliders(resources.random_point(study, personal, 11))
    assert page.session_state["result"] == (expected, None, 11)
