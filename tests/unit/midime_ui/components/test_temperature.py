"""Zero means the likeliest notes; the range is checked on the server."""

from __future__ import annotations

from tests.support.stage import perform


def test_the_temperature_is_none_until_it_is_raised() -> None:
    """None is what the models understand as argmax."""

    def script() -> None:
        import streamlit as st

        from midime_ui.components import temperature

        st.session_state["result"] = temperature.show("daring")

    page = perform(script)
    assert page.session_state["result"] is None
    page.slider(key="daring").set_value(0.8).run()
    assert page.session_state["result"] == 0.8
