"""From piece to piece."""

from __future__ import annotations

from tests.support.stage import perform


def script() -> None:
    """The component alone, and what it chose."""
    import streamlit as st

    from midime_ui.components import piece_chooser

    st.text(piece_chooser.choose(3, first=2, key="some"))


def test_one_goes_on_and_back_and_round() -> None:
    """From the first one that was named."""
    page = perform(script)
    assert page.text[0].value == "2"
    assert page.button(key="some_next").click().run().text[0].value == "0"
    assert page.button(key="some_previous").click().run().text[0].value == "2"
