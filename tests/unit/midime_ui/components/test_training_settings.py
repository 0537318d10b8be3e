"""Good defaults, and every setting reaches the MidiMe."""

from __future__ import annotations

from midime_engine.midime.config import MidiMeConfig
from tests.support.stage import perform


def script() -> None:
    """The component alone; what it returns is kept."""
    import streamlit as st

    from midime_ui.components import training_settings

    settings = training_settings.show()
    st.session_state["result"] = (settings.config, settings.augment)


def test_the_defaults_are_those_of_the_engine() -> None:
    """Nobody has to unfold anything."""
    assert perform(script).session_state["result"] == (MidiMeConfig(), None)


def test_every_setting_is_passed_on() -> None:
    """By its own name."""
    page = perform(script)
    page.number_input(key="epochs").set_value(250)
    page.number_input(key="train_seed").set_value(5)
    page.slider(key="latent_size").set_value(6)
    page.slider(key="beta").set_value(0.5)
    page.toggle(key="early_stop").set_value(False)
    page.radio(key="augment").set_value("Always")
    page.run()
    expected = MidiMeConfig(epochs=250, seed=5, latent_size=6, beta=0.5, early_stop=False)
    assert page.session_state["result"] == (expected, True)
