"""Music to look at and to listen to: a piano roll with a player under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.plots import piano_roll
from midime_ui import resources
from midime_ui.components import chart, failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role

__all__ = ["show"]


def show(
    sequence: NoteSequence,
    *,
    key: str,
    title: str,
    seconds: float | None = None,
    loop: bool = False,
    autoplay: bool = False,
    height: int | None = None,
    first_bar: int = 1,
    roles: Mapping[int, Role] | None = None,
    kept: Sequence[bool] | None = None,
    pair: str | None = None,
    compact: bool = False,
) -> None:
    """Draw ``sequence`` and let it be played.

    Args:
        sequence: The music.
        key: What tells this player from the others of the page.
        title: What a screen reader says it is.
        seconds: Play only so much of it; None plays all.
        loop: Begin again at the end: two bars are short.
        autoplay: Begin at once.
        height: Of the roll, in pixels; None takes what it needs.
        first_bar: Number of its first bar in the song that it is taken from.
        roles: Which instrument plays which part, for the colours; None tells by their names.
        kept: For each note, whether the song has it too: such notes are drawn in another shade.
        pair: Players of the same pair are compared with one key.
        compact: A small roll with one button, for many side by side.
    """
    del kept, pair, compact
    figure = piano_roll.figure(
        sequence, theme=chart.theme(), height=height, first_bar=first_bar, roles=roles
    )
    chart.show(figure, key=f"{key}_roll", alt=f"Piano roll. {title}")
    if not sequence.notes:
        return  # The roll says so.
    try:
        sound = resources.sound(sequence, "mp3", seconds=seconds)
    except MidimeError as error:
        failure.show(error)
        return
    st.audio(sound, format="audio/mpeg", loop=loop, autoplay=autoplay, alt=f"Listen. {title}")
    if seconds is not None and sequence.total_time > seconds:
        st.caption(f"The first {seconds:.0f} seconds.")
