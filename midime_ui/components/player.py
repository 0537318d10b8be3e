"""Music to look at and to listen to: a piano roll with a player under it.

The roll is a Plotly chart. The player is a component of our own beside it: it plays the sound, and
draws the moving line over the chart, which it finds by its key. Its files are in ``player_parts``.
Where a browser refuses its script, the plain player is offered after a few seconds.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
    from midime_ui.components.player_parts.card import Card
    from midime_ui.listening import Clip

__all__ = ["Made", "make", "send_ahead", "show", "show_card", "show_roll", "show_stand"]

_HEIGHT: Final = 48
"""Pixels of the row of controls, before and after the sound is there."""

_PAIR_HEIGHT: Final = 92
"""With a second row, to swap."""

_TILE_HEIGHT: Final = 96
"""Of a small roll."""

_SILENT: Final = "There is nothing to hear: no note is played here."


_SILENT_FOR_NOW: Final = "No sound could be made of it."


def _part(name: str) -> str:
    return files("midime_ui.components.player_parts").joinpath(name).read_text(encoding="utf-8")


# One module in several files, each of which is one idea: `player.js` comes last.
_SCRIPTS: Final = (
    "clip.js",
    "mixer.js",
    "roll.js",
    "tile.js",
    "card.js",
    "view.js",
    "player.js",
)
_component = st.components.v2.component(
    "midime_player",
    html=_part("player.html"),
    css=_part("player.css"),
    js="\n".join(_part(name) for name in _SCRIPTS),
)
_KEY: Final = "_midime_player"
stateless.present_plainly(_KEY)


class Made(NamedTuple):
    """Music that is ready to be heard, or the reason why it is not."""

    facts: dict[str, Any]
    """What the player in the browser is told."""

    clip: Clip | None = None
    """None where no note is played."""

    failure: MidimeError | None = None
    """Why there is no sound."""


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
    marked: Sequence[bool] | None = None,
    contour: tuple[str, NoteSequence] | None = None,
    span: tuple[int, int] | None = None,
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
        marked: For each note, whether it stands against a rule: such notes are red.
        contour: Another version by name, whose highest notes are a line over these.
        span: Pitches that are shown at least, for rolls that are compared.
        pair: Players of the same pair are compared with one key.
        compact: A small roll with one button, for many side by side.
    """
    made = make(
        sequence,
        key=key,
        title=title,
        seconds=seconds,
        loop=loop,
        autoplay=autoplay,
        pair=pair,
        compact=compact,
    )
    if compact and made.clip is not None and plain.is_wanted():
        plain.play(made.clip, title=title, loop=loop)
        return
    if compact:
        drawn = message.boxes(sequence, theme=chart.theme(), roles=roles, kept=kept)
        _show_player(made._replace(facts=made.facts | drawn), height=height)
        return
    # The sound goes first: the roll above it takes the browser several times as long.
    place = st.container()
    _show_player(made, height=height)
    with place:
        show_roll(
            sequence,
            key=key,
            title=title,
            height=height,
            first_bar=first_bar,
            roles=roles,
            kept=kept,
            marked=marked,
            contour=contour,
            span=span,
        )


def show_card(
    sequence: NoteSequence, card: Card, *, key: str, kept: Sequence[bool] | None = None
) -> None:
    """A small roll with what stands around it; see :func:`show` for the other arguments."""
    made = make(sequence, key=key, title=card.heading, compact=True)
    drawn = message.boxes(sequence, theme=chart.theme(), kept=kept)
    if made.failure is not None:
        failure.show(made.failure)
    # Without a sound it is silent, and can be kept or discarded all the same.
    reason = {} if made.failure is None else {"reason": _SILENT_FOR_NOW}
    facts = made.facts | drawn | reason | {"card": card.to_json()}
    presses: dict[str, Any] = {
        f"on_{action.name}_change": partial(action.call, *action.args)
        for action in card.actions
        if not action.is_off
    }
    _component(key=f"{key}{_KEY}", data=message.pack(facts, _bytes(made)), **presses)


def make(
    sequence: NoteSequence,
    *,
    key: str,
    title: str,
    seconds: float | None = None,
    loop: bool = False,
    autoplay: bool = False,
    pair: str | None = None,
    compact: bool = False,
) -> Made:
    """The sound of ``sequence`` and what is told with it; see :func:`show` for the arguments."""
    facts: dict[str, Any] = {
        "key": key,
        "title": title,
        "loop": loop,
        "autoplay": autoplay,
        "compact": compact,
        "pair": pair,
    }
    if not sequence.notes:
        return Made(facts | {"reason": _SILENT})
    try:
        clip = listening.clip(sequence, seconds=seconds)
    except MidimeError as error:
        return Made(facts, failure=error)
    return Made(facts | message.time(sequence, clip), clip)


def send_ahead(made: Made) -> None:
    """Send the sound before everything else on the page; :func:`show_stand` makes its player.

    A browser draws whatever comes together in one go, and decodes when it has done so.
    """
    if made.failure is None:
        _component(
            key=f"{made.facts['key']}_ahead{_KEY}",
            data=message.pack(made.facts | {"place": "ahead"}, _bytes(made)),
            height=1,
        )


def show_stand(made: Made) -> None:
    """The controls of a player whose sound has been sent ahead."""
    facts = {name: made.facts[name] for name in ("key", "title", "compact", "loop", "pair")}
    _show_player(made._replace(facts=facts | {"place": "stand"}), height=None)


def show_roll(
    sequence: NoteSequence,
    *,
    key: str,
    title: str,
    height: int | None = None,
    first_bar: int = 1,
    roles: Mapping[int, Role] | None = None,
    kept: Sequence[bool] | None = None,
    marked: Sequence[bool] | None = None,
    contour: tuple[str, NoteSequence] | None = None,
    span: tuple[int, int] | None = None,
) -> None:
    """The roll over which the player called ``key`` moves its line; see :func:`show`."""
    figure = piano_roll.figure(
        sequence,
        theme=chart.theme(),
        height=height,
        first_bar=first_bar,
        roles=roles,
        kept=kept,
        marked=marked,
        contour=contour,
        span=span,
    )
    chart.show(figure, key=f"{key}_roll", alt=f"Piano roll. {title}")


def _show_player(made: Made, *, height: int | None) -> None:
    """What makes the sound, and what stands beside it."""
    facts, clip = made.facts, made.clip
    if made.failure is not None:
        failure.show(made.failure)
        return
    if facts["compact"]:
        room = height or _TILE_HEIGHT
    else:
        room = _HEIGHT if facts["pair"] is None else _PAIR_HEIGHT
    sound = b"" if facts.get("place") == "stand" else _bytes(made)
    _component(key=f"{facts['key']}{_KEY}", data=message.pack(facts, sound), height=room)
    if facts["compact"] or clip is None:
        return
    plain.show(clip, key=facts["key"], title=facts["title"], loop=bool(facts.get("loop")))
    if clip.is_cut:
        st.caption(f"The first {clip.seconds:.0f} seconds.")


def _bytes(made: Made) -> bytes:
    return b"" if made.clip is None else made.clip.data
