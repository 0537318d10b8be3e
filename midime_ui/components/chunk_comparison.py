"""One piece of the song beside what the model makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import resources
from midime_ui.components import chunk_map, failure, player, wording

if TYPE_CHECKING:
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_ui.state import Study

__all__ = ["describe", "show"]


def show(study: Study, rebuilt: Rebuilt, index: int) -> None:
    """Show chunk ``index`` and its reconstruction side by side, both to be played."""
    chunk = resources.material(study).chunks.items[index]
    where = chunk_map.bars_of(chunk)
    original, reconstruction = st.columns(2, gap="large")
    with original:
        st.subheader("Original")
        st.caption(failure.plain(f"{chunk.song}, {where}"))
        player.show(chunk.sequence, key="original", title=f"Original, {where}")
    with reconstruction:
        st.subheader("As the model plays it")
        st.caption(
            describe(float(rebuilt.accuracy[index]), chunk.n_steps),
            help="Reconstruction accuracy: the share of steps (sixteenth notes) at which the same "
            "happens as in the original: a note begins, ends, goes on, or nothing does.",
        )
        sequence = resources.music(study, rebuilt.tokens[index : index + 1])[0]
        player.show(sequence, key="reconstruction", title=f"Reconstruction, {where}")


def describe(accuracy: float, n_steps: int) -> str:
    """Say an accuracy in whole steps.

    >>> describe(0.75, 32)
    '24 of 32 steps are the same (75 %).'
    """
    n_same = round(accuracy * n_steps)
    if n_same == n_steps:
        return f"All {n_steps} steps are the same."
    return f"{n_same} of {n_steps} steps are the same ({wording.percent(accuracy)})."
