"""One piece of the song beside what the model makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import cutting, note_sequences, rebuilding
from midime_ui.components import chunk_map, failure, player, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_ui.studies import Study

__all__ = ["describe", "show"]


def show(study: Study, rebuilt: Rebuilt, index: int) -> None:
    """Show chunk ``index`` and its reconstruction side by side, both to be played."""
    chunk = cutting.material(study).chunks.items[index]
    where = chunk_map.bars_of(chunk)
    original, reconstruction = st.columns(2, gap="large")
    with original:
        st.subheader("Original")
        st.caption(failure.plain(f"{chunk.song}, {where}"))
        player.show(
            chunk.sequence,
            key="original",
            title=f"Original, {where}",
            first_bar=chunk.first_bar,
        )
    with reconstruction:
        st.subheader("As the model plays it")
        st.caption(
            describe(rebuilding.agreement(study, rebuilt, index), chunk.n_steps),
            help="Reconstruction accuracy: the share of steps (sixteenth notes) at which the same "
            "happens as in the original: a note begins, ends, goes on, or nothing does.",
        )
        sequence = note_sequences.music(study, rebuilt.tokens[index : index + 1])[0]
        player.show(
            sequence,
            key="reconstruction",
            title=f"Reconstruction, {where}",
            first_bar=chunk.first_bar,
        )


def describe(accuracy: Mapping[Role, float], n_steps: int) -> str:
    """Say in whole steps how much is the same, or in percent for each of several parts.

    >>> describe({"melody": 0.75}, 32)
    '24 of 32 steps are the same (75 %).'
    >>> describe({"melody": 1.0, "drums": 0.5}, 64)
    'The same as in the original: melody 100 %, drums 50 % of 64 steps.'
    """
    if all(round(share * n_steps) == n_steps for share in accuracy.values()):
        return f"All {n_steps} steps are the same."
    if len(accuracy) > 1:
        return f"The same as in the original: {wording.by_part(accuracy)} of {n_steps} steps."
    (share,) = accuracy.values()
    return f"{round(share * n_steps)} of {n_steps} steps are the same ({wording.percent(share)})."
