"""How much there is to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines.embed import FEW_CHUNKS

if TYPE_CHECKING:
    from midime_engine.musicvae import ModelCard
    from midime_engine.pipelines.prepare import Material

__all__ = ["show"]


def show(material: Material, card: ModelCard) -> None:
    """Count the chunks, and say so when they are few."""
    n_chunks = len(material.chunks.items)
    bars = "bar" if card.n_bars == 1 else "bars"
    st.metric(
        "To learn from",
        f"{n_chunks} {'piece' if n_chunks == 1 else 'pieces'} of {card.n_bars} {bars}",
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
