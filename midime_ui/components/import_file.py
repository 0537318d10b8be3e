"""A saved MidiMe that comes back as a file."""

from __future__ import annotations

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import saving
from midime_ui.components import failure

__all__ = ["show"]


def show() -> None:
    """Let the visitor add a downloaded MidiMe to the library."""
    st.subheader("Add a MidiMe from a file")
    file = st.file_uploader(
        "Drop a MidiMe that was downloaded here or saved by `midime personalize`",
        type=["safetensors"],
        key="midime_file",
        help="Up to 5 MB. The file is checked; nothing in it is run.",
    )
    if file is None:
        return
    if st.button("Add to my library", icon=":material/bookmark_add:", key="import"):
        try:
            saving.imported(file.getvalue(), name=file.name)
        except MidimeError as error:
            failure.show(error, about=file.name)
        else:
            st.rerun()
