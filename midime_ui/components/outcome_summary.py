"""What has come of a training: how long it took, what it learnt, and how it sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import comparing, cutting, models, note_sequences, personal_space, rebuilding
from midime_ui.components import (
    chunk_comparison,
    chunk_map,
    closeness_table,
    failure,
    player,
    wording,
)

if TYPE_CHECKING:
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show"]

_ROLL_HEIGHT: Final = {False: 240, True: 360}
"""Pixels for one part, and for several: three rolls stand side by side."""


def show(study: Study, personal: Personal) -> None:
    """Show the figures, a piece before and after, and how close the music is."""
    with failure.stops_page():
        outcome = comparing.outcome(study, personal)
        before = comparing.rebuilt_untrained(study, personal)
    time, model, midime = st.columns(3)
    rounds = wording.count(len(personal.steps), "round")
    with time:
        st.metric(
            "Time taken",
            f"{personal.seconds:.2f} s",
            rounds + (", stopped" if personal.stopped_early else ""),
            delta_color="off",
            delta_arrow="off",
            help=f"For {rounds} over {wording.count(personal.n_vectors, 'piece')}, transposed "
            "copies included, without the time in the queue.",
        )
    with model:
        st.metric(
            "The song through the base model",
            wording.percent(rebuilding.overall(study, outcome.by_model)),
            "the best possible",
            delta_color="off",
            delta_arrow="off",
            help="Share of the steps that come back unchanged when the pieces of the song are "
            "encoded and decoded by the MusicVAE. A MidiMe on top of it cannot do better.",
        )
    with midime:
        n_sliders = personal_space.space(personal).config.latent_size
        st.metric(
            f"Through your {wording.count(n_sliders, 'slider')}",
            wording.percent(rebuilding.overall(study, outcome.by_midime)),
            f"{wording.percent(rebuilding.overall(study, before))} before the training",
            delta_color="off",
            delta_arrow="off",
            help="The same when each piece is first squeezed into as many numbers as there are "
            "sliders (reconstruction by the MidiMe).",
        )
    _show_piece(study, before, outcome.by_midime)
    closeness_table.show(outcome, silent=cutting.silent_parts(study))


def _show_piece(study: Study, before: Rebuilt, after: Rebuilt) -> None:
    """One piece as it is in the song, before the training and after."""
    chunks = cutting.material(study).chunks.items
    index = chunk_map.choose(chunks, key="trained_chunk")
    chunk = chunks[index]
    columns = st.columns(3)
    versions = (
        ("Original", None),
        ("Before the training", before),
        ("After the training", after),
    )
    for column, (title, rebuilt) in zip(columns, versions, strict=True):
        with column:
            st.markdown(f"**{title}**")
            if rebuilt is None:
                st.caption(failure.plain(f"{chunk.song}, {chunk_map.bars_of(chunk)}"))
                sequence = chunk.sequence
            else:
                accuracy = rebuilding.agreement(study, rebuilt, index)
                st.caption(chunk_comparison.describe(accuracy, chunk.n_steps))
                sequence = note_sequences.music(study, rebuilt.tokens[index : index + 1])[0]
            player.show(
                sequence,
                key=f"piece_{title}",
                title=title,
                height=_ROLL_HEIGHT[len(models.base_model(study.model).parts) > 1],
                first_bar=chunk.first_bar,
            )
