"""The tray on the page: what was kept, small and side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import note_sequences, tray
from midime_ui.components import downloads, sliders, travel, variation_card, wording
from midime_ui.following import redraw

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["show"]

_CARD_WIDTH: Final = 230


def show(study: Study, personal: Personal) -> None:
    """What is kept, and the way from one piece of it to another."""
    items = tray.items()
    st.subheader("Kept")
    if not items:
        st.caption(
            "Nothing yet. Press **Keep** under a variation that you like: it waits here until you "
            "leave, to be compared, downloaded, or made into a longer piece."
        )
        return
    full = f" {tray.FULL}" if tray.is_full() else ""
    st.caption(f"{wording.count(len(items), 'piece')} of music.{full}")
    grid = st.grid(4, min_column_width=_CARD_WIDTH, border=True, key="tray")
    for item in items:
        with grid.cell():
            _show_item(study, item)
    travel.show(study, personal)


def _show_item(study: Study, item: Item) -> None:
    key = f"kept_{item.id}"
    st.session_state[f"{key}_name"] = item.name
    st.text_input(
        "Name",
        key=f"{key}_name",
        max_chars=tray.MAX_NAME,
        label_visibility="collapsed",
        on_change=_rename,
        args=(item.id,),
    )
    variation_card.show_roll(study, item, key=key, title=item.name)
    with st.container(horizontal=True, gap="xsmall", key=f"{key}_actions"):
        if item.position is not None:
            st.button(
                "To the sliders",
                icon=":material/tune:",
                key=f"{key}_sliders",
                type="tertiary",
                on_click=_to_sliders,
                args=(item.position,),
            )
        music = note_sequences.music(study, item.window[None])[0]
        st.download_button(
            "MIDI",
            partial(note_sequences.midi, music),
            f"{downloads.file_stem(downloads.name_of(study, item.name))}.mid",
            "audio/midi",
            key=f"{key}_midi",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        st.button(
            "Discard",
            icon=":material/close:",
            key=f"{key}_discard",
            type="tertiary",
            on_click=tray.discard,
            args=(item.id,),
            help="Undo, beside the sliders, brings it back.",
        )


def _rename(id: str) -> None:  # noqa: A002 - the field's own name
    tray.rename(id, str(st.session_state[f"kept_{id}_name"]))


def _to_sliders(position: Position) -> None:
    sliders.restore(position)
    redraw()
