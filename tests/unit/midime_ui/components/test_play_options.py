"""Sound is on unless the visitor wants it otherwise."""

from __future__ import annotations

from tests.support.stage import perform


def test_a_variation_plays_at_once_and_once() -> None:
    """Both can be changed."""

    def script() -> None:
        import streamlit as st

        from midime_ui.components import play_options

        st.session_state["before"] = tuple(play_options.current())
        st.session_state["options"] = tuple(play_options.show())

    page = perform(script)
    assert page.session_state["options"] == (True, False)
    page.toggle(key="play_at_once").set_value(False)
    page.toggle(key="play_repeat").set_value(True).run()
    assert page.session_state["options"] == (False, True)
    assert page.session_state["before"] == (False, True), "known before they are drawn"
