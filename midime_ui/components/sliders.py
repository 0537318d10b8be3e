"""The sliders of a MidiMe: they show, and set, the very point that is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import cutting, nudges, personal_space
from midime_ui.components import chunk_map, seed, temperature
from midime_ui.following import follow
from midime_ui.position import DARING, RANGE, SEED, Position, on_sliders

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["RANGE", "Position", "current", "move", "on_sliders", "restore", "show"]

_STEP: Final = 0.01
_START: Final = "start_from"
_WANTED: Final = "wanted_sliders"


def show(study: Study, personal: Personal) -> Position:
    """Let the visitor steer; a random point, a point of the song, or any other."""
    n_sliders = personal_space.space(personal).config.latent_size
    _take_wanted()
    st.button(
        "Surprise me",
        type="primary",
        icon=":material/casino:",
        width="stretch",
        key="surprise",
        on_click=_surprise,
        args=(study, personal),
        help="Puts the sliders on a random point (a draw from the prior) and shows its seed.",
    )
    point = tuple(_slider(i) for i in range(n_sliders))
    st.button(
        "Back to the middle",
        icon=":material/center_focus_strong:",
        key="middle",
        on_click=_to_the_middle,
        args=(n_sliders,),
    )
    if study.songless is None:
        _show_start_from(study, personal, point)
    chosen_seed = seed.show(SEED, on_change=_draw_again, args=(study, personal))
    daring = temperature.show(DARING, on_change=_moved, args=(DARING,))
    return Position(point, daring, chosen_seed, nudges.all())


def current(n_sliders: int) -> Position:
    """Where the sliders stand, for what is drawn apart from them; they have been drawn before."""
    _take_wanted()
    values = [st.session_state.get(f"z{i}", 0.0) for i in range(n_sliders)]
    data = {
        "point": [float(value) for value in values],
        "temperature": st.session_state.get(DARING, 0.0),
        "seed": st.session_state.get(SEED, 0),
        "nudges": [list(nudge) for nudge in nudges.all()],
    }
    return Position.from_json(data, n_sliders=n_sliders)


def restore(position: Position) -> None:
    """Put the sliders, the nudges, the seed and the temperature where they stood once."""
    _put(position.point)
    nudges.put(position.nudges)
    _want(SEED, position.seed)
    _want(DARING, position.temperature or 0.0)


def move(point: tuple[float, ...]) -> None:
    """Put the sliders on ``point``, which they can stand on, and leave all else as it is."""
    _put(point)


def _slider(i: int) -> float:
    value = st.slider(
        f"Slider {i + 1}",
        -RANGE,
        RANGE,
        0.0,
        _STEP,
        key=f"z{i}",
        bind="query-params",
        persist_state="session",
        on_change=_moved,
        args=(f"z{i}",),
        help="One dimension of the latent space of your MidiMe. What it does is for you to find "
        "out: it was learnt from your song."
        if i == 0
        else None,
    )
    return min(max(float(value), -RANGE), RANGE)


def _put(point: tuple[float, ...]) -> None:
    for i, value in enumerate(point):
        _want(f"z{i}", value)


def _want(key: str, value: float) -> None:
    st.session_state[key] = value
    st.session_state[_WANTED] = {**st.session_state.get(_WANTED, {}), key: value}


def _take_wanted() -> None:
    # Set in a callback that draws fragments again, a value would lose against the old address.
    st.session_state.update(st.session_state.pop(_WANTED, {}))


def _moved(key: str) -> None:
    _want(key, st.session_state[key])
    follow()


def _to_the_middle(n_sliders: int) -> None:
    _put((0.0,) * n_sliders)
    follow()


def _surprise(study: Study, personal: Personal) -> None:
    seed.draw(SEED)
    _draw_again(study, personal)


def _draw_again(study: Study, personal: Personal) -> None:
    _want(SEED, int(st.session_state[SEED] or 0))
    _put(on_sliders(personal_space.random_point(study, personal, st.session_state[SEED])))
    follow()


def _show_start_from(study: Study, personal: Personal, point: tuple[float, ...]) -> None:
    labels = chunk_map.labels_of(cutting.material(study).chunks.items)
    started = st.session_state.get(_START)
    if started is not None and _point_of(study, personal, started) != point:
        st.session_state[_START] = None  # The sliders have been somewhere else since.
    st.selectbox(
        "Start from a piece of the song",
        range(len(labels)),
        index=None,
        format_func=lambda index: f"{index + 1}. {labels[index]}",
        placeholder="Choose a piece",
        key=_START,
        on_change=_start_from,
        args=(study, personal),
        help="Puts the sliders where that piece lies (the mean of its posterior).",
    )


def _start_from(study: Study, personal: Personal) -> None:
    index = st.session_state[_START]
    point = None if index is None else _point_of(study, personal, index)
    if point is not None:
        _put(point)
    follow()


def _point_of(study: Study, personal: Personal, index: int) -> tuple[float, ...] | None:
    points = personal_space.points_of_song(study, personal)
    return on_sliders(points[index]) if index < len(points) else None
