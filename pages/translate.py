"""Carry music over to another model: a melody to drums that go with it, a groove to melodies."""

from __future__ import annotations

import streamlit as st

from midime_ui import pairings
from midime_ui.components import (
    duet_answers,
    duet_files,
    duet_lesson,
    duet_pair,
    duet_source,
    duet_tray,
    failure,
)

st.title("Carry it over")
st.markdown(
    "Give it a melody, and hear **drums that go with it**; give it a groove, and hear melodies. "
    "What both have in common goes across: how busy they are, how much is off the beat, what comes "
    "back."
)

with failure.stops_page():
    start = duet_source.ask()
    pair = duet_pair.ask(start.model)
    carrier = duet_pair.ask_carrier(pair)
    side = pairings.sides(pair.source, pair.pairing.target)[0]
    passage, study = duet_source.passage_of(start, side)
    if passage is not None and carrier is not None:
        duet_answers.show(passage, carrier)
    duet_lesson.show(pair, study, carrier)
    duet_files.show(carrier)
    duet_tray.show()
