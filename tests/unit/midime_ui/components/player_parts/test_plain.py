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


def test_the_whole_page_has_plain_players_although_a_part_of_it_was_asked() -> None:
    """What stands outside the fragment of the button is drawn again too."""

    def script() -> None:
        import streamlit as st

        from midime_ui.components.player_parts import plain
        from midime_ui.listening import Clip

        st.caption("plain" if plain.is_wanted() else "ours")

        @st.fragment
        def part() -> None:
            plain.show(
                Clip(b"RIFF----WAVE", "wav", 1.0, is_cut=False), key="a", title="Song", loop=False
            )

        part()

    page = perform(script)
    assert page.caption[0].value == "ours"
    page.button(key="a_midime_ask").click().run()
    assert page.caption[0].value == "plain"
