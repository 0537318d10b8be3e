"""Dimensions of the base model are moved one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui import dimensions
from midime_ui.position import NUDGE_RANGE
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The component, at a position whose nudges are those of the session."""
    from midime_ui import nudges
    from midime_ui.components import fine_controls
    from midime_ui.position import Position

    fine_controls.show(study, personal, Position((0.0, 0.0, 0.0), None, 0, nudges.all()))


@pytest.fixture
def page(study: Study, personal: Personal) -> AppTest:
    """With the bank unfolded."""
    page = perform(script, study=study, personal=personal)
    assert not page.slider, "sliders that nobody sees would slow the page"
    page.session_state["fine_controls"] = True
    page.run()
    assert not page.exception
    return page


def test_ten_at_a_time_the_strongest_first(page: AppTest, study: Study, personal: Personal) -> None:
    """And the others when they are asked for."""
    order = dimensions.order(study, personal)
    labels = [slider.label for slider in page.slider]
    assert labels == [f"Fine control {i}" for i in range(1, 11)]
    assert page.slider[0].key == f"nudge_{order[0]}"
    page.get_by_key("fine_page").set_value(4).run()
    assert [slider.key for slider in page.slider] == [f"nudge_{d}" for d in order[40:]]


def test_a_fine_control_moves_its_dimension_alone(
    page: AppTest, study: Study, personal: Personal
) -> None:
    """It is said that something is moved, and one button takes it all back."""
    dimension = dimensions.order(study, personal)[2]
    page.slider[2].set_value(NUDGE_RANGE).run()
    assert page.session_state["nudges"] == ((dimension, NUDGE_RANGE),)
    assert "1 fine control moved" in words(page)
    assert page.slider[2].value == NUDGE_RANGE
    page.button(key="fine_reset").click().run()
    assert page.session_state["nudges"] == ()
    assert page.slider[2].value == 0.0


def test_fine_controls_show_what_was_set_elsewhere(
    page: AppTest, study: Study, personal: Personal
) -> None:
    """By undo, or by a link."""
    dimension = dimensions.order(study, personal)[0]
    page.session_state["nudges"] = ((dimension, -1.5),)
    page.run()
    assert page.slider[0].value == -1.5
