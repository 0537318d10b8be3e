"""Sound is on unless the visitor wants it otherwise."""

from __future__ import annotations

from tests.support.stage import perform


def test_a_variation_plays_at_once_unless_it_shall_not() -> None:
    """That is the only thing asked: whether it begins again, its player asks."""

    def script() -> None:
        import streamlit as st

        from midime_ui.components import play_options

        st.session_state["before"] = play_options.plays_at_once()
        play_options.show()

    page = perform(script)
    assert page.session_state["before"]
    (toggle,) = page.toggle
    toggle.set_value(False).run()
    assert not page.session_state["before"], "known before it is drawn"
