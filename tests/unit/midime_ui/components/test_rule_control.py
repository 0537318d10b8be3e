"""The control of one rule says what can be read."""

from __future__ import annotations

from typing import Any

import pytest

from midime_engine.attributes.parsing import parse
from midime_engine.attributes.registry import find, rules
from tests.support.stage import perform


def script(name: str, parts: Any = ("melody", "bass", "drums")) -> None:
    """The control alone."""
    import streamlit as st

    from midime_engine.attributes.registry import find
    from midime_ui.components import rule_control

    st.session_state["result"] = rule_control.show(find(name), parts)


@pytest.mark.parametrize("name", [rule.name for rule in rules() if rule.origin == "built in"])
def test_every_rule_has_a_control_whose_first_wish_can_be_read(name: str) -> None:
    """As it stands, it asks for what is usual."""
    page = perform(script, name=name)
    wishes = page.session_state["result"]
    assert {parse(wish).rule.name for wish in wishes} == {name}
    if name != "density":
        (wish,) = map(parse, wishes)
        assert wish.enough == find(name).threshold


def test_a_key_is_a_tonic_and_a_mode() -> None:
    """In the usual names."""
    page = perform(script, name="key")
    page.selectbox(key="rule_key_argument_tonic").set_value("Bb")
    page.segmented_control(key="rule_key_argument_mode").set_value("minor").run()
    assert page.session_state["result"] == ("key=Bb minor",)


def test_a_density_lies_about_a_value() -> None:
    """Which is at least and at most; or only one of them."""
    page = perform(script, name="density")
    page.slider(key="rule_density_share").set_value(40).run()
    assert page.session_state["result"] == ("density>=0.35", "density<=0.45")
    page.segmented_control(key="rule_density_sign").set_value("at most").run()
    assert page.session_state["result"] == ("density<=0.4",)


def test_a_range_has_two_ends_with_names() -> None:
    """The slider says both."""
    page = perform(script, name="range")
    page.select_slider(key="rule_range_argument").set_value(("G3", "G5")).run()
    assert page.session_state["result"] == ("range=G3-G5",)


def test_little_of_something_can_be_wished() -> None:
    """Where that is a wish at all."""
    page = perform(script, name="syncopation")
    page.segmented_control(key="rule_syncopation_sign").set_value("at most")
    page.slider(key="rule_syncopation_share").set_value(10).run()
    assert page.session_state["result"] == ("syncopation<=0.1",)
    assert not perform(script, name="contour").get("button_group")


def test_no_note_at_all_is_a_fault_of_the_rule() -> None:
    """The page says it as it says others."""
    page = perform(script, name="avoid")
    page.multiselect(key="rule_avoid_argument").set_value([]).run()
    assert page.session_state["result"] == ("avoid",)


def test_a_part_is_asked_for_where_there_are_several() -> None:
    """Those that the model has."""
    page = perform(script, name="density")
    page.selectbox(key="rule_density_argument").set_value("bass").run()
    assert page.session_state["result"] == ("density=bass>=0.45", "density=bass<=0.55")
    assert not perform(script, name="density", parts=("melody",)).selectbox
