"""A piano keyboard on which a stretch is marked: a picture, nothing to press."""

from __future__ import annotations

from typing import Final

import streamlit as st

from midime_engine.attributes.words import OCTAVE, pitch_name
from midime_engine.plots.theme import palette
from midime_ui.components import chart

__all__ = ["drawing", "show"]

_BLACK: Final = frozenset({1, 3, 6, 8, 10})
_WIDTH: Final = 10
_HEIGHT: Final = 46
_BLACK_HEIGHT: Final = 28
_BLACK_WIDTH: Final = 6


def show(first: int, last: int, lowest: int, highest: int) -> None:
    """Draw the keys ``first`` to ``last``, MIDI pitches; ``lowest`` to ``highest`` are marked."""
    picture = drawing(first, last, lowest, highest, dark=chart.theme() == "dark")
    said = f"Keyboard with {pitch_name(lowest)} to {pitch_name(highest)} marked"
    st.image(picture, width="stretch", alt=said)


def drawing(first: int, last: int, lowest: int, highest: int, *, dark: bool) -> str:
    """The same as SVG."""
    colours = palette("dark" if dark else "light")
    marked = colours.roles["melody"]
    white, black = [], []
    x = 0
    for pitch in range(first, last + 1):
        inside = lowest <= pitch <= highest
        if pitch % OCTAVE in _BLACK:
            fill = marked if inside else colours.muted
            black.append(
                _key(x - _BLACK_WIDTH / 2, _BLACK_WIDTH, _BLACK_HEIGHT, fill, colours.page)
            )
        else:
            fill = marked if inside else colours.page
            white.append(_key(x, _WIDTH, _HEIGHT, fill, colours.bar_line, seen=0.55))
            x += _WIDTH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x} {_HEIGHT}" width="{x}" '
        f'height="{_HEIGHT}">{"".join(white + black)}</svg>'
    )


def _key(x: float, width: float, height: float, fill: str, rim: str, *, seen: float = 1) -> str:
    return (
        f'<rect x="{x:g}" y="0" width="{width:g}" height="{height:g}" fill="{fill}" '
        f'fill-opacity="{seen:g}" stroke="{rim}" stroke-width="0.6"/>'
    )
