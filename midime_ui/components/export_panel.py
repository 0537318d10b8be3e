"""Take it home: the variation in every form, and everything that makes it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import exports, note_sequences
from midime_ui.components import chart, downloads, failure

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.pipelines.generate import Variations
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study

__all__ = ["show"]

_SCORE_WIDTH: Final = 700
"""Pixels for which lines are broken; on a phone the picture is scaled down, and can be enlarged."""


def show(study: Study, personal: Personal, position: Position, variation: Variations) -> None:
    """Offer the music, the figures, and a zip of all. Nothing is made before it is asked for."""
    st.subheader("Take it home")
    (sequence,) = note_sequences.music(study, variation.tokens)
    name = downloads.name_of(study, f"variation {position.seed}")
    downloads.show(sequence, name=name, key="variation")
    _show_score(study, sequence, name)
    music, figures = st.columns(2, gap="large")
    with music:
        _show_everything(study, personal, position)
    with figures:
        _show_figures(study, personal, position)


def _show_score(study: Study, sequence: NoteSequence, name: str) -> None:
    with st.expander(
        "The score", icon=":material/music_note:", key="export_score", on_change="rerun"
    ) as unfolded:
        if not unfolded.open:
            return  # Nothing is engraved before somebody wants to read it.
        try:
            pages = exports.score_pages(study, sequence, width=_SCORE_WIDTH, theme=chart.theme())
        except MidimeError as error:
            failure.show(error)
        else:
            for number, page in enumerate(pages, start=1):
                st.image(page, width="stretch", alt=f"Score of the variation, page {number}")
        st.download_button(
            "MusicXML",
            partial(exports.score, study, sequence, title=name),
            f"{downloads.file_stem(name)}.musicxml",
            "application/vnd.recordare.musicxml+xml",
            key="export_musicxml",
            icon=":material/download:",
            on_click="ignore",
            help="For MuseScore, Sibelius, Finale, Dorico and other notation programs.",
        )


def _show_everything(study: Study, personal: Personal, position: Position) -> None:
    st.markdown("**Everything, to make it again**")
    with_songs = study.songless is None and st.checkbox(
        "Say which song it was",
        key="export_with_songs",
        persist_state="session",
        help="Puts the names and digests (SHA-256) of the files that your MidiMe has learnt from "
        "into the zip. The songs themselves are never in it.",
    )
    stem = (
        downloads.name_of(study, f"variation {position.seed}")
        if with_songs
        else (f"midime variation {position.seed}")
    )
    st.download_button(
        "Everything",
        partial(exports.everything, study, personal, position, with_songs=with_songs),
        f"{downloads.file_stem(stem)}.zip",
        "application/zip",
        key="export_everything",
        icon=":material/folder_zip:",
        on_click="ignore",
    )
    st.caption(
        "A zip with the music, your MidiMe, and where the sliders, the seed and everything else "
        "stand. On the command line `midime reproduce` makes the same notes of it.",
        help="`params.json` names the base model with the SHA-256 of its weights, the point, the "
        "nudges, seed, temperature, tempo, instruments and the versions of the libraries.",
    )


def _show_figures(study: Study, personal: Personal, position: Position) -> None:
    st.markdown("**The figures**")
    theme = chart.theme()
    with st.container(horizontal=True):
        if personal.steps:
            _page_button(
                "Training curve",
                partial(exports.loss_page, study, personal, theme=theme),
                downloads.name_of(study, "training"),
            )
        if len(position.point) > 1:
            _page_button(
                "Map",
                partial(exports.map_page, study, personal, position.point, theme=theme),
                downloads.name_of(study, "map"),
            )
    st.caption(
        "Web pages of their own, which can be zoomed and need no network. For a picture, press "
        "the camera on any figure of the app."
    )


def _page_button(label: str, make: partial[str], name: str) -> None:
    st.download_button(
        label,
        make,
        f"{downloads.file_stem(name)}.html",
        "text/html",
        key=f"export_{downloads.file_stem(label).lower()}",
        icon=":material/download:",
        on_click="ignore",
    )
