"""What lies below the workbench: other views of where the sliders stand, and ways to keep it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import following, history, personal_space, tray, variations
from midime_ui.components import (
    export_panel,
    failure,
    keep,
    longer_piece,
    neighbours,
    sliders,
    space_map,
    variations_board,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_ui.components.sliders import Position
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show"]

_TABS = (
    ":material/grid_view: Variations",
    ":material/map: Map",
    ":material/playlist_play: Longer piece",
    ":material/compare: Compare",
)


@st.fragment(key=following.BELOW)
def show(study: Study, personal: Personal) -> None:
    """The open view only, so that whatever follows the sliders costs no more than what is seen."""
    position = sliders.current(personal_space.space(personal).config.latent_size)
    following.set_followed(position)
    with st.container(key=following.BELOW):
        _show(study, personal, position)


def _show(study: Study, personal: Personal, position: Position) -> None:
    with failure.stops_page():
        variation = personal_space.variation(
            study,
            personal,
            position.point,
            temperature=position.temperature,
            seed=position.seed,
            nudges=position.nudges,
        )
    views = st.tabs(_TABS, key="views", on_change="rerun")
    shown: tuple[Callable[[], None], ...] = (
        partial(variations_board.show, study, personal, position),
        partial(space_map.show, study, personal, position),
        partial(longer_piece.show, study, personal, position),
        partial(neighbours.show, study, variation, position),
    )
    for view, show_view in zip(views, shown, strict=True):
        with view, failure.stops_page():
            if view.open:
                show_view()
    keep.show(study, personal, position)
    with failure.stops_page():
        export_panel.show(study, personal, position, variation)
    if history.record(personal.sha256, position, tray.items(), variations.current(personal)):
        st.rerun()  # Something was kept or discarded: the way back is offered above.
