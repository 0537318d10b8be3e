"""What a variation is to be measured by: the song's nearest piece, and the base model alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import comparing, cutting, models, note_sequences
from midime_ui.components import chunk_map, failure, player, wording

if TYPE_CHECKING:
    from midime_engine.metrics.originality import Originality
    from midime_engine.pipelines.generate import Variations
    from midime_ui.components.sliders import Position
    from midime_ui.studies import Study

__all__ = ["copies", "show"]

_PAIR: Final = "compare"


def show(study: Study, variation: Variations, position: Position) -> None:
    """Show the nearest piece of the song, and what the base model plays with the same seed.

    Without the song itself, only the latter.
    """
    if study.songless is not None:
        _show_base(study, position)
        return
    nearest, base = st.columns(2, gap="large")
    with nearest:
        _show_nearest(study, variation)
    with base:
        _show_base(study, position)


def _show_nearest(study: Study, variation: Variations) -> None:
    st.subheader("Nearest piece of your song")
    originality = comparing.compared(study, variation.tokens).originality
    nearest = originality.nearest[0]
    chunk = cutting.material(study).chunks.items[nearest.chunk]
    where = chunk_map.bars_of(chunk)
    st.caption(
        failure.plain(
            f"{chunk.song}, {where}: {wording.percent(nearest.agreement)} of what happens is the "
            f"same. {copies(originality)}"
        ),
        help="Share of the events of either (notes that begin or end) that fall on the same step "
        "with the same pitch.",
    )
    player.show(
        chunk.sequence,
        key="nearest",
        title=f"Nearest piece of your song, {where}",
        first_bar=chunk.first_bar,
        pair=_PAIR,
    )


def copies(originality: Originality) -> str:
    """Say how much of one variation is taken from the song note for note."""
    run = f"The longest passage in common has {wording.count(originality.longest_run, 'note')}."
    n_copied = round(originality.copied_bars * originality.n_bars)
    if n_copied == 0:
        return f"No bar is copied. {run}" if originality.longest_run else "Nothing is copied."
    if n_copied == originality.n_bars:
        return "Every bar occurs in your song as it is."
    return f"{n_copied} of {originality.n_bars} bars occurs in your song as it is. {run}"


def _show_base(study: Study, position: Position) -> None:
    st.subheader("Without your song")
    st.caption(
        f"What the base model alone plays with seed {position.seed}.",
        help="A draw from the prior of the MusicVAE, with the same seed and the same temperature. "
        "It has never heard your song: the difference to your variation is what MidiMe has learnt.",
    )
    sample = comparing.prior_sample(
        study.model,
        z_size=models.z_size(study.model),
        temperature=position.temperature,
        seed=position.seed,
    )
    sequence = note_sequences.music(study, sample.tokens)[0]
    player.show(sequence, key="base", title="Sample of the base model", pair=_PAIR)
