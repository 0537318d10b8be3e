"""Move through the space of the song with a few sliders, listen, keep what you like."""

from __future__ import annotations

import streamlit as st

from midime_ui import resources
from midime_ui.components import (
    downloads,
    failure,
    guard,
    keep,
    neighbours,
    play_options,
    player,
    sliders,
    suite,
    visit_notice,
)

st.title("Explore variations of your song")
visit_notice.show()
study = guard.show_explorable()
personal = guard.show_personal(study)

# Listening comes first, so that on a phone the sliders are under the music, not above it.
listen, steer = st.columns([3, 2], gap="large")
with steer, failure.stops_page():
    position = sliders.show(study, personal)
with listen, failure.stops_page():
    variation = resources.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
    )
    sequence = resources.music(study, variation.tokens)[0]
    st.subheader("Your variation")
    listening = play_options.show()
    player.show(
        sequence,
        key="variation",
        title="Your variation",
        loop=listening.repeat,
        autoplay=listening.at_once,
    )
    name = downloads.name_of(study, f"variation {position.seed}")
    downloads.show(sequence, name=name, key="variation")

keep.show(study, personal, position)
neighbours.show(study, variation, position)
suite.show(study, personal, position)
