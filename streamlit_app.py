"""The app: page settings, the sidebar that all pages share, and the router.

Streamlit runs this file for every visitor, as a script. Before that its server imports it, once,
and finds what it is going to serve.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from midime_ui import model_choice, models, navigation, opening, trained, visiting
from midime_ui.components import (
    appearance,
    duet_lesson,
    failure,
    sidebar,
    song_picker,
    training_panel,
)


def show() -> None:
    """What a visitor sees."""
    st.set_page_config(
        page_title="MidiMe: variations of your song",
        # A file of ours: Streamlit fetches icons by name from Google's servers.
        page_icon=str(Path(__file__).parent / "midime_ui" / "favicon.png"),
        layout="wide",
        # It says what is at work, which the pages say as well; opened, it would push them aside
        # while they are being read for the first time.
        initial_sidebar_state="collapsed",
    )
    page = st.navigation(navigation.pages(), position="top")
    appearance.apply()
    with failure.stops_page():
        models.on_this_machine()  # A host who has named a model that is not there reads what to do.
    # First what has arrived meanwhile, so that the sidebar already knows.
    model_choice.read_address()
    song_picker.collect()
    training_panel.collect()
    duet_lesson.collect()
    with failure.stops_page(link=navigation.UPLOAD):
        visiting.read_address(page)
    trained.follow()
    sidebar.show()
    try:
        page.run()
    finally:
        # After the page, so that nobody waits for TensorFlow to see the first one.
        models.warm_up()


if __name__ == "__main__":
    show()
else:
    app = st.App(__file__, lifespan=opening.opened)
