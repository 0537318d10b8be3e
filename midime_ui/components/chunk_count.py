"""How much there is to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines.embed import FEW_CHUNKS
from midime_ui import cutting, models
from midime_ui.components import way_out, wording

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunk, Chunks
    from midime_engine.pipelines.prepare import Material
    from midime_ui.base_models import BaseModel
    from midime_ui.studies import Study

__all__ = ["show"]


def show(study: Study, material: Material) -> None:
    """Count the chunks; say so when they are few or lack a part, and what else could be done."""
    base, chunks = models.base_model(study.model), material.chunks.items
    n_bars = max(chunk.n_bars for chunk in chunks)
    st.metric(
        "To learn from",
        f"{wording.count(len(chunks), 'piece')} of {wording.count(n_bars, 'bar')}",
        help="The song is cut at its bar lines into chunks as long as the base model can hear at "
        "once. MidiMe learns from these.",
    )
    warning = _too_short(base, material.chunks) or _too_few(chunks) or _lacking(study)
    if warning:
        st.warning(warning, icon=":material/short_text:")
        way_out.show(study)


def _too_short(base: BaseModel, chunks: Chunks) -> str:
    """For a song that does not fill a single window."""
    n_bars = chunks.items[0].n_bars
    n_heard = int(base.n_steps // chunks.playback.steps_per_bar)
    if len(chunks.items) > 1 or n_bars >= n_heard:
        return ""
    return (
        f"This model hears {wording.count(n_heard, 'bar')} at once, and your song has "
        f"{n_bars}: that is a single piece to learn from. It still works, but what comes "
        "out will hardly differ from your song."
    )


def _too_few(chunks: tuple[Chunk, ...]) -> str:
    if len(chunks) >= FEW_CHUNKS:
        return ""
    return (
        f"That is little: with fewer than {FEW_CHUNKS} pieces MidiMe tends to learn the song by "
        "heart. It still works, and transposed copies will be added in training. A longer song, "
        "or several at once, gives more varied music."
    )


def _lacking(study: Study) -> str:
    silent = cutting.silent_parts(study)
    if not silent:
        return ""
    return (
        f"There is no {wording.either(silent)} in the chosen tracks, so MidiMe will learn none "
        "and play none."
    )
