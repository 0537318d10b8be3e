"""A second kind of model, for drawings: the same ways of bending it as for music."""

from __future__ import annotations

from functools import partial

import streamlit as st

from midime_ui import navigation, sketch_state, sketching
from midime_ui.components import (
    failure,
    sketch_between,
    sketch_gallery,
    sketch_ratings,
    sketch_rules,
    sketch_training,
)

N_SHOWN = 12

st.title("Drawings, too")
st.markdown(
    "This model draws: boats, cats, faces, fish, flowers and houses. What bends it to a rule, or "
    "to what you like, is exactly what bends music."
)
navigation.show_link(navigation.UPLOAD, label="Back to the music")
with failure.stops_page():
    sketch_training.collect()
    with sketching.at_work():
        shown = sketching.drawn(N_SHOWN, sketch_state.seed())
st.subheader(
    "What it draws",
    help="Samples of a Sketch-RNN (Ha and Eck, 2017), drawn from a mixture fitted to the codes of "
    "real drawings, without further chance.",
)
with st.container(horizontal=True, vertical_alignment="center"):
    sketch_gallery.show(shown, key="sketch_samples", alt="Twelve drawings of the model's own")
    st.button(
        "Draw others",
        icon=":material/casino:",
        key="sketch_others",
        on_click=partial(sketch_state.set_seed, sketch_state.seed() + 1),
    )
by_rule, by_likes, between = st.tabs(
    [
        ":material/straighten: By a rule",
        ":material/favorite: By what you like",
        ":material/trending_flat: Between two",
    ],
    key="sketch_views",
    on_change="rerun",
)
for view, show in (
    (by_rule, sketch_rules.show),
    (by_likes, sketch_ratings.show),
    (between, sketch_between.show),
):
    with view, failure.stops_page():
        if view.open:
            show()
sketch_training.show()
st.markdown("**The same, with music**")
with st.container(horizontal=True):
    navigation.show_link(navigation.CONSTRAINTS)
    navigation.show_link(navigation.RATINGS)
# After the page, so that nobody waits for TensorFlow to see the first drawings.
sketching.warm_up()
