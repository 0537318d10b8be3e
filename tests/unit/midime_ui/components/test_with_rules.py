"""The switch on the page for exploring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui.rules import Applied
from tests.support.ruling import some_rules
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal


def script(personal: Personal, applied: Applied | None = None) -> None:
    """The component alone, with rules that act from the beginning."""
    import streamlit as st

    from midime_ui import rulebook
    from midime_ui.components import with_rules

    if applied is not None and "begun" not in st.session_state:
        st.session_state["begun"] = True
        rulebook.apply(personal, applied)
    found = with_rules.show(personal).rules
    st.session_state["result"] = None if found is None else (found.is_on, found.strength)


def test_without_rules_there_is_no_switch(personal: Personal) -> None:
    """And the MidiMe is as it was."""
    page = perform(script, personal=personal)
    assert page.session_state["result"] is None
    assert not page.toggle


def test_rules_are_named_and_act(personal: Personal) -> None:
    """As strongly as they were applied."""
    page = perform(script, personal=personal, applied=Applied(some_rules(), 0.5))
    assert "C major" in words(page)
    assert page.session_state["result"] == (True, 0.5)
    assert page.slider(key="with_rules_strength").value == 0.5


def test_they_can_be_switched_off_and_made_weaker(personal: Personal) -> None:
    """At once, and for good."""
    page = perform(script, personal=personal, applied=Applied(some_rules()))
    page.slider(key="with_rules_strength").set_value(0.25).run()
    assert page.session_state["result"] == (True, 0.25)
    page.toggle(key="with_rules").set_value(False).run()
    assert page.session_state["result"] == (False, 0.25)
    page.run()
    assert page.session_state["result"] == (False, 0.25)
    assert page.slider(key="with_rules_strength").disabled


def test_they_can_be_taken_away(personal: Personal) -> None:
    """Then there is nothing to switch."""
    page = perform(script, personal=personal, applied=Applied(some_rules()))
    page.button(key="with_rules_remove").click().run()
    assert page.session_state["result"] is None
    assert not page.toggle
