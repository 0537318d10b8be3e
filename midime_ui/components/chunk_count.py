"""How much there is to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines.embed import FEW_CHUNKS
from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_engine.pipelines.prepare import Material

__all__ = ["show"]


def show(material: Material) -> None:
    """Count the chunks, and say so when they are few."""
    n_chunks = len(material.chunks.items)
    n_bars = max(chunk.n_bars for chunk in material.chunks.items)
    st.metric(
        "To learn from",
        f"{wording.count(n_chunks, 'piece')} of {wording.count(n_bars, 'bar')}",
        help="The song is cut at its bar lines into chunks as long as the base model can hear at "
        "once. MidiMe learns from these.",
    )
    if n_chunks < FEW_CHUNKS:
        st.warning(
            f"That is little: with fewer than {FEW_CHUNKS} pieces MidiMe tends to learn the song "
            "by heart. It still works, and transposed copies will be added in training. A longer "
            "song, or several at once, gives more varied music.",
            icon=":material/short_text:",
        )
