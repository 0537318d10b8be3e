"""Several songs that teach one MidiMe: what each gives, and a way to leave one out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.errors import NoUsableTrackError
from midime_ui import cutting
from midime_ui.components import failure, song_picker, wording

if TYPE_CHECKING:
    from midime_ui.studies import Source, Study

__all__ = ["n_pieces", "show"]


def show(study: Study) -> None:
    """List the songs of ``study``."""
    st.markdown(
        f"**{wording.count(len(study.sources), 'song')} teach one MidiMe.** It learns what they "
        "have in common, and its sliders lead from one to the other."
    )
    with st.container(border=True, gap="xsmall", key="song_set"):
        for source in study.sources:
            with st.container(horizontal=True, vertical_alignment="center"):
                pieces = n_pieces(study, source)
                said = wording.count(pieces, "piece") if pieces else "nothing that this model hears"
                st.markdown(
                    f":material/music_note: {failure.plain(source.name)}: {said}", width="stretch"
                )
                st.button(
                    "Remove",
                    type="tertiary",
                    icon=":material/close:",
                    key=f"remove_{source.sha256[:12]}",
                    help=f"Learn without {failure.plain(source.name)}",
                    on_click=song_picker.remove,
                    args=(source,),
                )


def n_pieces(study: Study, source: Source) -> int:
    """How many pieces of one song of ``study`` are learnt from."""
    tracks = tuple(track for track in study.tracks if track[0] == source.sha256)
    try:
        alone = cutting.material(replace(study, sources=(source,), tracks=tracks))
    except NoUsableTrackError:
        return 0
    return len(alone.chunks.items)
