"""What the base model understood of the song: each piece as a point, and played back."""

from __future__ import annotations

import streamlit as st

from midime_ui import rebuilding
from midime_ui.components import (
    chunk_comparison,
    chunk_map,
    failure,
    guard,
    reconstruction_summary,
    way_on,
)

st.title("What the model heard")
study = guard.show_study()
st.markdown(
    "The base model has turned each piece of your song into a point: a list of numbers from which "
    "it can play the piece again. **Pieces that sound alike lie close together.** Choose one to "
    "hear how well it was understood."
)

with failure.stops_page():
    embedding = rebuilding.embedding(study)
    rebuilt = rebuilding.rebuilt(study)
reconstruction_summary.show(study, rebuilt)

chosen = chunk_map.show(embedding)
chunk_comparison.show(study, rebuilt, chosen)
way_on.show()
