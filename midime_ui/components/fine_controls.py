"""A second bank of sliders: single dimensions of the base model, moved on top of the MidiMe."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.plots import dimension_steps
from midime_ui import dimensions, nudges, personal_space
from midime_ui.components import chart, wording
from midime_ui.following import follow
from midime_ui.position import NUDGE_RANGE

if TYPE_CHECKING:
    from midime_ui.components.sliders import Position
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show"]

_PER_PAGE: Final = 10
"""Sliders at a time: as many as can be kept apart, and quick to draw."""

_STEP: Final = 0.05
_PAGE: Final = "fine_page"


def show(study: Study, personal: Personal, position: Position) -> None:
    """Offer to move dimensions of the base model; say how many are moved, and undo all of it."""
    n_moved = len(position.nudges)
    with st.expander(
        "Fine controls", icon=":material/tune:", key="fine_controls", on_change="rerun"
    ) as unfolded:
        if unfolded.open:  # Dozens of sliders that nobody looks at would slow the page.
            _show_bank(study, personal, position)
    if n_moved:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{wording.count(n_moved, 'fine control')} moved.")
            st.button(
                "Reset",
                icon=":material/restart_alt:",
                key="fine_reset",
                on_click=_reset,
                help="Puts all fine controls back to zero: then the sliders above say everything.",
            )


def _show_bank(study: Study, personal: Personal, position: Position) -> None:
    order = dimensions.order(study, personal)
    st.caption(
        "The sliders above move all of these at once, in the way of your song. Here you can push "
        "one at a time, the strongest first, and leave the way of your song.",
        help="The dimensions of the base model's latent space, ordered by how much information "
        "they carry (mean KL divergence). A fine control adds to what your MidiMe sets.",
    )
    pages = [range(i, min(i + _PER_PAGE, len(order))) for i in range(0, len(order), _PER_PAGE)]
    page = st.session_state.get(_PAGE) or 0
    shown = pages[page if page < len(pages) else 0]
    offset = position.offset(personal_space.space(personal).config.input_size)
    before, after = dimensions.moved(personal, position.point, offset)
    listed = list(order)
    figure = dimension_steps.figure(before[listed], after[listed], shown=shown, theme=chart.theme())
    chart.show(
        figure,
        key="fine_steps",
        alt=f"The {len(order)} strongest dimensions of the base model as steps up and down.",
    )
    st.segmented_control(
        "Which ones",
        range(len(pages)),
        default=0,
        format_func=lambda i: f"{pages[i].start + 1}-{pages[i].stop}",
        key=_PAGE,
        persist_state="session",
    )
    values = dict(position.nudges)
    left, right = st.columns(2, gap="large")
    for place in shown:
        with left if (place - shown.start) * 2 < len(shown) else right:
            _slider(place, order[place], values.get(order[place], 0.0))


def _slider(place: int, dimension: int, value: float) -> None:
    key = f"nudge_{dimension}"
    st.session_state[key] = value  # The nudges say where it stands; it only changes them.
    st.slider(
        f"Fine control {place + 1}",
        -NUDGE_RANGE,
        NUDGE_RANGE,
        step=_STEP,
        key=key,
        on_change=partial(_nudge, dimension, key),
        help=f"Dimension {dimension} of the base model's latent space.",
    )


def _nudge(dimension: int, key: str) -> None:
    nudges.nudge(dimension, float(st.session_state[key]))
    follow()


def _reset() -> None:
    nudges.put(())
    follow()
