"""Move through the space of the song with a few sliders, listen, keep what you like."""

from __future__ import annotations

import streamlit as st

from midime_ui import following
from midime_ui.components import explorations, guard, visit_notice, with_rules, workbench

st.title("Explore variations of your song")
visit_notice.show()
study = guard.show_explorable()
personal = with_rules.show(guard.show_personal(study))

following.set_up()
workbench.show(study, personal)
explorations.show(study, personal)
