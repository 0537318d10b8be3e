"""Give the music rules: see how it keeps them, train them in seconds, hear before and after."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from midime_ui import rulebook
from midime_ui.components import (
    failure,
    rule_comparison,
    rule_ground,
    rule_picker,
    rule_scores,
    rule_training_panel,
    rule_uses,
)

st.title("Give the music rules")
st.markdown(
    "Only white keys, fewer notes, a melody that climbs: say what the music shall keep. In **ten "
    "to twenty seconds** a small network learns how to change each piece as little as that takes."
)

with failure.stops_page():
    ground = rule_ground.show()
    requirements = rule_picker.show(ground.parts)
    if requirements is None:
        st.stop()
    rule_scores.show(ground, requirements)
    if rule_training_panel.show(ground, requirements):
        st.stop()
    learnt = rulebook.learnt()
    if learnt is None or learnt.rules.model != ground.model:
        rule_uses.show_open(ground)
        st.stop()
    rules = rule_uses.in_use(learnt.rules, requirements)
    rulebook.set_learnt(replace(learnt, rules=rules))
    st.subheader("Before and after")
    strength = rule_comparison.show(ground, rules)
    rule_uses.show(ground, rules, strength)
    rule_training_panel.show_last(learnt)
    rule_uses.show_open(ground)
