"""A map of the space of the song: click to hear, click twice to travel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.plots import latent_map
from midime_ui import cutting, drawn_path, tray
from midime_ui import landscape as landscapes
from midime_ui.components import chart, chunk_map, downloads, player, sliders, wording
from midime_ui.following import redraw
from midime_ui.position import on_sliders

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunk
    from midime_ui.components.sliders import Position
    from midime_ui.landscape import Landscape
    from midime_ui.personal import Personal
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["show"]

_HEIGHT: Final = 460
_FEWEST_STEPS: Final = 3
_MOST_STEPS: Final = 16
"""Thirty-two bars of a two-bar model: a minute."""

_HEAR: Final = "Hear that place"
_TRAVEL: Final = "Travel from place to place"
_MODE: Final = "map_mode"
_CLICKS: Final = "map_clicks"
_ENDS: Final = "map_ends"
_STEPS: Final = "map_steps"


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a click may have hit."""

    land: Landscape
    items: tuple[Item, ...]
    here: tuple[float, ...]

    def point(self, kind: str, index: int) -> tuple[float, ...] | None:
        """Where the sliders stand for what was clicked."""
        if kind == "here":
            return self.here
        if kind == "chunk" and index < len(self.land.points):
            return on_sliders(self.land.points[index])
        if kind == "sample" and index < len(self.items):
            return on_sliders(self.items[index].z_small or ())
        if kind == "place" and index < len(self.land.places):
            return self.land.point_at(index)
        return None


def show(study: Study, personal: Personal, position: Position) -> None:
    """Draw where everything lies; the sliders go where the visitor clicks."""
    land = landscapes.landscape(study, personal)
    if land is None:
        st.caption("A MidiMe with a single slider needs no map: the slider is the way.")
        return
    size = len(position.point)
    kept = tuple(item for item in tray.items() if item.z_small and len(item.z_small) == size)
    ground = _Ground(land, kept, position.point)
    is_travel = _ask_mode() == _TRAVEL
    ends = _ends(size) if is_travel else ()
    _show_map(study, ground, position, ends)
    if is_travel:
        _show_travel(study, personal, position, ends)


def _ask_mode() -> str:
    return str(
        st.segmented_control(
            "A click on the map lets you",
            [_HEAR, _TRAVEL],
            default=_HEAR,
            required=True,
            key=_MODE,
            persist_state="session",
        )
    )


def _show_map(
    study: Study, ground: _Ground, position: Position, ends: tuple[tuple[float, ...], ...]
) -> None:
    land = ground.land
    chunks: tuple[Chunk, ...] = ()
    if study.songless is None:
        chunks = cutting.material(study).chunks.items
    figure = latent_map.figure(
        land.chunks,
        songs=[chunk.song for chunk in chunks],
        labels=chunk_map.labels_of(chunks),
        sample_points=np.array([land.place(i.z_small or ()) for i in ground.items]).reshape(-1, 2),
        samples_name="kept by you",
        sample_labels=[item.name for item in ground.items],
        terrain=land.terrain,
        places=land.places,
        path=np.array([land.place(end) for end in ends]).reshape(-1, 2) if ends else None,
        position=land.place(position.point),
        click_count=int(st.session_state.get(_CLICKS, 0)),
        theme=chart.theme(),
        height=_HEIGHT,
    )
    chart.clickable(
        figure,
        key="space_map",
        alt="Map of the space of your song. The shaded region is where your MidiMe feels at home; "
        "the sliders do all that a click here does.",
        on_click=lambda kind, index: _click(ground, kind, index),
    )
    n = len(chunks)
    song = f"{wording.count(n, 'piece')} of your song, and " if n else ""
    st.caption(
        f"You see {song}where you stand. The stronger the shade, the more your MidiMe feels at "
        "home there.",
        help="The two directions in which the pieces differ most (principal components of the "
        "latent space); with fewer than three pieces the first two sliders. The shaded regions "
        "hold 50, 80 and 95 % of a mixture of the prior and the posteriors of the pieces.",
    )


def _click(ground: _Ground, kind: str, index: int) -> None:
    point = ground.point(kind, index)
    if point is None:
        return
    st.session_state[_CLICKS] = int(st.session_state.get(_CLICKS, 0)) + 1
    if st.session_state.get(_MODE) == _TRAVEL:
        ends = _ends(len(point))
        st.session_state[_ENDS] = (point,) if len(ends) != 1 else (*ends, point)
        return
    sliders.move(point)
    redraw()


def _ends(size: int) -> tuple[tuple[float, ...], ...]:
    """Where the journey begins and ends, as far as that is chosen."""
    ends: tuple[tuple[float, ...], ...] = st.session_state.get(_ENDS, ())
    return ends if all(len(end) == size for end in ends) else ()


def _show_travel(
    study: Study, personal: Personal, position: Position, ends: tuple[tuple[float, ...], ...]
) -> None:
    n_chosen = len(ends)
    if n_chosen < 2:  # noqa: PLR2004 - both ends of a way
        st.info(
            "Now click where the journey ends."
            if n_chosen
            else "Click where the journey begins, then where it ends.",
            icon=":material/route:",
        )
        return
    drawn_path.put(ends)
    n = st.slider(
        "Stops on the way",
        _FEWEST_STEPS,
        _MOST_STEPS,
        8,
        key=_STEPS,
        persist_state="session",
        help="How many points of the straight line between both ends are played, one after the "
        "other (linear interpolation).",
    )
    piece = landscapes.travel(
        study,
        personal,
        start=ends[0],
        end=ends[1],
        n=n,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    title = f"Journey with {n} stops"
    player.show(piece, key="travel", title=title)
    st.caption("Longer piece makes 8 to 64 bars of this way, as the form A path.")
    downloads.show(piece, name=downloads.name_of(study, title), key="travel")
