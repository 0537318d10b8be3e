"""From a song to its sliders: the next button, whether there is a MidiMe already or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui import navigation, state
from midime_ui.components import training_panel

if TYPE_CHECKING:
    from midime_ui.navigation import Step

__all__ = ["show"]


def show(*, instead: Step | None = None) -> None:
    """Lead to a training that begins by itself, or to the sliders of the MidiMe that there is."""
    if state.personal() is None:
        navigation.show_next(
            navigation.TRAIN, instead=instead, on_click=training_panel.start_at_once
        )
    else:
        navigation.show_next(navigation.EXPLORE, instead=instead)
