"""Several variations in a row: enough for a piece of music, or for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import models, resources
from midime_ui.components import downloads, player

if TYPE_CHECKING:
    from midime_ui.components.sliders import Position
    from midime_ui.state import Personal, Study

__all__ = ["n_variations", "show"]

_MOST: Final = 8
"""Sixteen bars of two-bar models: a verse."""

_BARS: Final = 32
"""About as long as a row may become: a minute, which is heard to its end."""


def n_variations(n_bars: int) -> int:
    """How many variations of ``n_bars`` bars make a row; at least two.

    >>> [n_variations(n_bars) for n_bars in (2, 4, 16)]
    [8, 8, 2]
    """
    return max(2, min(_MOST, _BARS // n_bars))


def show(study: Study, personal: Personal, position: Position) -> None:
    """Offer several different random variations, joined to one piece."""
    base = models.base_model(study.model)
    n = n_variations(base.n_bars)
    with st.expander(
        f"{n} variations in a row",
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
            n=n,
            temperature=position.temperature,
            seed=position.seed,
        )
        title = f"{n} variations, seed {position.seed}"
        player.show(piece, key="suite_player", title=title)
        downloads.show(piece, name=downloads.name_of(study, title), key="suite")
