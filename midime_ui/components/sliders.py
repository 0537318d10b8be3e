"""The sliders of a MidiMe: they show, and set, the very point that is decoded."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
import streamlit as st

from midime_ui import resources
from midime_ui.components import chunk_map, seed, temperature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from midime_ui.state import Personal, Study

__all__ = ["RANGE", "Position", "on_sliders", "restore", "show"]

RANGE: Final = 3.0
"""On either side of the middle, in standard deviations of the prior: 99.7 % of all random points
lie within, and beyond there is nothing of the song."""

_STEP: Final = 0.01
_SEED: Final = "seed"
_TEMPERATURE: Final = "daring"


@dataclass(frozen=True, slots=True)
class Position:
    """Where the sliders stand, and how notes are chosen there."""

    point: tuple[float, ...]
    """The latent vector that is decoded, one number per slider."""

    temperature: float | None
    seed: int

    def to_json(self) -> dict[str, Any]:
        """As plain data, for the library."""
        return {**asdict(self), "point": list(self.point)}

    def to_query(self) -> dict[str, str]:
        """As the address says it; also what is as usual, so that nothing else comes in between."""
        sliders = {f"z{i}": f"{value:g}" for i, value in enumerate(self.point)}
        return {**sliders, _SEED: str(self.seed), _TEMPERATURE: f"{self.temperature or 0.0:g}"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, n_sliders: int) -> Self:
        """Read what :meth:`to_json` wrote; what makes no sense becomes as usual."""
        values = data.get("point")
        numbers = [_number(value, RANGE) for value in values] if isinstance(values, list) else []
        point = on_sliders([*numbers, *[0.0] * n_sliders][:n_sliders])
        daring = max(0.0, round(_number(data.get("temperature"), temperature.HIGHEST), 1))
        drawn = max(0, int(_number(data.get("seed"), seed.MAX_SEED)))
        return cls(point, daring or None, drawn)


def show(study: Study, personal: Personal) -> Position:
    """Let the visitor steer; a random point, a point of the song, or any other."""
    n_sliders = resources.space(personal).config.latent_size
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
        on_click=_put,
        args=((0.0,) * n_sliders,),
    )
    if study.songless is None:
        _show_start_from(study, personal)
    chosen_seed = seed.show(_SEED, on_change=_draw_again, args=(study, personal))
    return Position(point, temperature.show(_TEMPERATURE), chosen_seed)


def restore(position: Position) -> None:
    """Put the sliders, the seed and the temperature where they stood once."""
    _put(position.point)
    st.session_state[_SEED] = position.seed
    st.session_state[_TEMPERATURE] = position.temperature or 0.0


def on_sliders(point: Iterable[float]) -> tuple[float, ...]:
    """The nearest point that the sliders can stand on.

    >>> on_sliders([0.123, -7.0])
    (0.12, -3.0)
    """
    return tuple(round(float(np.clip(value, -RANGE, RANGE)), 2) for value in point)


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 0.0
    return min(max(float(value), -most), most)


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
        help="One dimension of the latent space of your MidiMe. What it does is for you to find "
        "out: it was learnt from your song."
        if i == 0
        else None,
    )
    return min(max(float(value), -RANGE), RANGE)


def _put(point: tuple[float, ...]) -> None:
    for i, value in enumerate(point):
        st.session_state[f"z{i}"] = value


def _surprise(study: Study, personal: Personal) -> None:
    _put(on_sliders(resources.random_point(study, personal, seed.draw(_SEED))))


def _draw_again(study: Study, personal: Personal) -> None:
    _put(on_sliders(resources.random_point(study, personal, int(st.session_state[_SEED] or 0))))


def _show_start_from(study: Study, personal: Personal) -> None:
    labels = chunk_map.labels_of(resources.material(study).chunks.items)
    st.selectbox(
        "Start from a piece of the song",
        range(len(labels)),
        index=None,
        format_func=lambda index: f"{index + 1}. {labels[index]}",
        placeholder="Choose a piece",
        key="start_from",
        on_change=_start_from,
        args=(study, personal),
        help="Puts the sliders where that piece lies (the mean of its posterior).",
    )


def _start_from(study: Study, personal: Personal) -> None:
    index = st.session_state["start_from"]
    if index is not None:
        _put(on_sliders(resources.points_of_song(study, personal)[index]))
