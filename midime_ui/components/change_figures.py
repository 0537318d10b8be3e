"""What a constraint did to music beside what it was for: distance, shape, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_engine.pipelines.constrain import Comparison

__all__ = ["FIGURES", "show_distance", "show_notes", "show_shape"]


def show_distance(found: Comparison) -> None:
    """How far the places were moved."""
    st.metric(
        "How far they moved",
        f"{found.moved.mean():.1f}",
        f"of {found.norm:.1f}",
        delta_color="off",
        delta_arrow="off",
        help="Mean distance of z' from z in the latent space, beside the mean length of z. "
        "The smaller, the more of the piece is left.",
    )


def show_shape(found: Comparison) -> None:
    """How much of the melody is known again."""
    st.metric(
        "Shape of the melody kept",
        "none" if found.contour is None else wording.percent(max(0.0, found.contour)),
        None
        if found.contour_of_strangers is None
        else f"{wording.percent(max(0.0, found.contour_of_strangers))} between strangers",
        delta_color="off",
        delta_arrow="off",
        help="Mean correlation of the melodic contours before and after; beside it the same "
        "for pieces that have nothing to do with each other.",
    )


def show_notes(found: Comparison) -> None:
    """Whether there are as many notes as there were."""
    st.metric(
        "Notes",
        "none" if found.notes_ratio is None else wording.percent(found.notes_ratio),
        "of those before",
        delta_color="off",
        delta_arrow="off",
        help="All notes after, for those before.",
    )


FIGURES: Final = (show_distance, show_shape, show_notes)
"""All of them, for columns side by side."""
