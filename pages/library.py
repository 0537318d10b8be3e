"""What the visitor has saved: open it, share it, take it home, or delete it."""

from __future__ import annotations

import streamlit as st

from midime_ui.components import failure, import_file, ownership, saved_list

st.title("Your library")
with failure.stops_page():
    owner = ownership.show()
    saved_list.show(owner)
    import_file.show()
