"""What this is, for somebody who has followed a link and knows nothing yet: a sentence, a sound."""

from __future__ import annotations

from typing import Final

import streamlit as st

from midime_ui.components import failure, player, wording
from midime_ui.demo import demo

__all__ = ["TITLE", "show", "show_steps"]

TITLE: Final = "MidiMe learns your song and plays more like it."

_PLAYING: Final = "demo_is_playing"

_ROLL_HEIGHT: Final = 200
"""Pixels: both rolls and the way on fit on a laptop's screen."""

_PLAYER_HEIGHT: Final = 372
"""With title, roll and controls: kept free, so that nothing jumps when they arrive."""

_STEPS: Final = (
    (
        ":material/music_note: **1. Give it a song**",
        "A MIDI file of yours, or an example. No account; nothing is kept unless you save it.",
    ),
    (
        ":material/model_training: **2. Press one button**",
        "A small network of its own learns the song while you watch. About a second.",
    ),
    (
        ":material/tune: **3. Move the sliders**",
        "Wherever they stand, you hear a variation. Take it home as MIDI or sound.",
    ),
)


def show() -> None:
    """Say it in a sentence, and play a finished example as soon as it is asked for."""
    st.title(TITLE)
    example = demo()
    press, read = st.columns([1, 4], vertical_alignment="center")
    with press:
        st.button(
            "Hear an example",
            type="primary",
            icon=":material/play_arrow:",
            key="hear_example",
            on_click=_play,
            width="stretch",
        )
    with read:
        copied = wording.count(example.n_copied, "bar")
        st.markdown(
            f"{example.n_bars} bars of *{failure.plain(example.title)}*, and a variation that "
            f"MidiMe made of them: {copied} of it are as in the song, the others are new."
        )
    is_playing = bool(st.session_state.get(_PLAYING))
    versions = (
        # What the button plays comes first: on a phone, the second one is below the screen.
        ("A variation by MidiMe", "demo_variation", example.variation),
        ("The song", "demo_song", example.song),
    )
    for column, (title, key, sequence) in zip(st.columns(2), versions, strict=True):
        is_new = sequence is example.variation
        with column, st.container(height=_PLAYER_HEIGHT, border=False, key=f"{key}_place"):
            st.markdown(f"**{title}**")
            player.show(
                sequence,
                # Another player begins at once; one that is there already would only be told.
                key=f"{key}_playing" if is_new and is_playing else key,
                title=f"{title}: {example.title}",
                height=_ROLL_HEIGHT,
                autoplay=is_new and is_playing,
                pair="demo",
            )


def show_steps() -> None:
    """How it goes on, in three steps."""
    for column, (title, text) in zip(st.columns(3, border=True), _STEPS, strict=True):
        with column:
            st.markdown(title)
            st.caption(text)


def _play() -> None:
    st.session_state[_PLAYING] = True
