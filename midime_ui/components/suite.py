"""Several variations in a row: enough for a piece of music, or for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import resources
from midime_ui.components import downloads, player

if TYPE_CHECKING:
    from midime_ui.components.sliders import Position
    from midime_ui.state import Personal, Study

__all__ = ["N_VARIATIONS", "show"]

N_VARIATIONS: Final = 8
"""Sixteen bars of most models: a verse."""


def show(study: Study, personal: Personal, position: Position) -> None:
    """Offer :data:`N_VARIATIONS` different random variations, joined to one piece."""
    with st.expander(
        f"{N_VARIATIONS} variations in a row",
        icon=":material/playlist_play:",
        key="suite",
        on_change="rerun",
    ) as unfolded:
        if not unfolded.open:
            return  # Nobody has asked for it yet.
        st.caption(
            f"Random points of the space of your song, drawn with seed {position.seed}, one after "
            "the other, each beginning on a bar line."
        )
        piece = resources.suite(
            study,
            personal,
            n=N_VARIATIONS,
            temperature=position.temperature,
            seed=position.seed,
        )
        title = f"{N_VARIATIONS} variations, seed {position.seed}"
        player.show(piece, key="suite_player", title=title)
        downloads.show(piece, name=f"{study.title} {title}", key="suite")
