"""The player of the browser comes when it is asked for."""

from __future__ import annotations

from tests.support.stage import perform


def test_the_plain_player_comes_when_asked_for() -> None:
    """And then stays, for other music too."""

    def script() -> None:
        import streamlit as st

        from midime_ui.components.player_parts import plain
        from midime_ui.listening import Clip

        clip = Clip(b"RIFF----WAVE", "wav", 1.0, is_cut=False)
        for key in ("a", "b"):
            with st.container():
                plain.show(clip, key=key, title="Song", loop=False)

    page = perform(script)
    assert not page.get("audio")
    page.button(key="a_midime_ask").click().run()
    assert len(page.get("audio")) == 2
    assert not page.button
