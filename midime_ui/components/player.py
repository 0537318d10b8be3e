"""Music to look at and to listen to: a piano roll with a player under it.

The roll is a Plotly chart. The player is a component of our own beside it: it plays the sound, and
draws the moving line over the chart, which it finds by its key. Its files are in ``player_parts``.
Where a browser refuses its script, the plain player is offered after a few seconds.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.plots import piano_roll
from midime_ui import listening
from midime_ui.components import chart, failure
from midime_ui.components.player_parts import message, plain, stateless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role

__all__ = ["show"]

_HEIGHT: Final = 48
"""Pixels of the row of controls, before and after the sound is there."""

_PAIR_HEIGHT: Final = 92
"""With a second row, to swap."""

_TILE_HEIGHT: Final = 96
"""Of a small roll."""

_SILENT: Final = "There is nothing to hear: no note is played here."


def _part(name: str) -> str:
    return files("midime_ui.components.player_parts").joinpath(name).read_text(encoding="utf-8")


# One module in several files, each of which is one idea: `player.js` comes last.
_SCRIPTS: Final = ("clip.js", "mixer.js", "roll.js", "tile.js", "view.js", "player.js")
_component = st.components.v2.component(
    "midime_player",
    html=_part("player.html"),
    css=_part("player.css"),
    js="\n".join(_part(name) for name in _SCRIPTS),
)
_KEY: Final = "_midime_player"
stateless.present_plainly(_KEY)


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
        loop: Begin again at the end, until the visitor wants otherwise.
        autoplay: Begin at once whenever the music is another one.
        height: Of the roll, in pixels; None takes what it needs.
        first_bar: Number of its first bar in the song that it is taken from.
        roles: Which instrument plays which part, for the colours; None tells by their names.
        kept: For each note, whether the song has it too: such notes are drawn in another shade.
        pair: Players of the same pair are compared with one key.
        compact: A small roll with one button, for many side by side.
    """
    facts: dict[str, Any] = {
        "key": key,
        "title": title,
        "loop": loop,
        "autoplay": autoplay,
        "compact": compact,
        "pair": pair,
    }
    if compact:
        facts |= message.boxes(sequence, theme=chart.theme(), roles=roles, kept=kept)
        _show_player(sequence, facts, seconds=seconds, height=height)
        return
    # The sound goes first: the roll above it takes the browser several times as long.
    place = st.container()
    _show_player(sequence, facts, seconds=seconds, height=height)
    figure = piano_roll.figure(
        sequence,
        theme=chart.theme(),
        height=height,
        first_bar=first_bar,
        roles=roles,
        kept=kept,
    )
    with place:
        chart.show(figure, key=f"{key}_roll", alt=f"Piano roll. {title}")


def _show_player(
    sequence: NoteSequence, facts: dict[str, Any], *, seconds: float | None, height: int | None
) -> None:
    """What makes the sound, and what stands beside it."""
    if not sequence.notes:
        _mount(facts | {"reason": _SILENT}, b"", height=height)
        return
    try:
        clip = listening.clip(sequence, seconds=seconds)
    except MidimeError as error:
        failure.show(error)
        return
    _mount(facts | message.time(sequence, clip), clip.data, height=height)
    if facts["compact"]:
        return
    plain.show(clip, key=facts["key"], title=facts["title"], loop=facts["loop"])
    if clip.is_cut:
        st.caption(f"The first {clip.seconds:.0f} seconds.")


def _mount(facts: dict[str, Any], sound: bytes, *, height: int | None) -> None:
    """Put the component on the page, with room for it before it is there."""
    if facts["compact"]:
        room = height or _TILE_HEIGHT
    else:
        room = _HEIGHT if facts["pair"] is None else _PAIR_HEIGHT
    _component(key=f"{facts['key']}{_KEY}", data=message.pack(facts, sound), height=room)
