"""Kept duets on the page, small and side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.music.layering import together
from midime_engine.pipelines import generate
from midime_ui import duets, models, note_sequences, passages
from midime_ui.components import downloads, failure, player, wording

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_ui.duets import Duet

__all__ = ["show"]

_CARD_WIDTH: Final = 230


def show() -> None:
    """What is kept, each with both parts in one roll."""
    st.subheader("Kept duets")
    kept = duets.kept()
    if not kept:
        st.caption(
            "Nothing yet. **Keep this duet** puts source and answer here until you leave; either "
            "can then be carried on."
        )
        return
    full = f" {duets.FULL}" if len(kept) >= duets.MAX_DUETS else ""
    st.caption(f"{wording.count(len(kept), 'duet')}.{full}")
    grid = st.grid(4, min_column_width=_CARD_WIDTH, border=True, key="duet_tray")
    for number, duet in enumerate(kept, start=1):
        with grid.cell():
            _show(duet, number)


def _show(duet: Duet, number: int) -> None:
    sequence = _music(duet)
    kind = models.base_model(duet.model).kind.lower()
    title = f"{duet.source.title} with {kind}"
    st.markdown(f"**{number}. {failure.plain(title)}**")
    player.show(sequence, key=f"duet_kept_{duet.id}", title=title, compact=True)
    st.caption(f"Seed {duet.seed}, strictness {duet.strictness:g}")
    with st.container(horizontal=True, gap="xsmall", key=f"duet_kept_{duet.id}_actions"):
        st.download_button(
            "MIDI",
            partial(note_sequences.midi, sequence),
            f"{downloads.file_stem(title)}.mid",
            "audio/midi",
            key=f"duet_kept_{duet.id}_midi",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        st.button(
            "Discard",
            icon=":material/close:",
            key=f"duet_kept_{duet.id}_discard",
            type="tertiary",
            on_click=duets.discard,
            args=(duet.id,),
        )


def _music(duet: Duet) -> NoteSequence:
    (answer,) = generate.to_music(duet.window[None], parts=duet.parts, playback=duet.source.usual)
    return together([passages.music(duet.source), answer], duet.source.playback)
