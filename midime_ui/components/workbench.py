"""Listen and steer: what a slider draws again, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import following, history, kept, nudges, resources, tray, visiting
from midime_ui.components import failure, fine_controls, play_options, player, sliders, undo

if TYPE_CHECKING:
    from midime_ui.components.sliders import Position
    from midime_ui.state import Personal, Study

__all__ = ["show"]


@st.fragment(key=following.WORKBENCH)
def show(study: Study, personal: Personal) -> None:
    """The player beside the sliders; on a phone above them, since listening comes first."""
    if not visiting.is_alive():
        st.rerun()  # The whole page, which says why.
    listen, steer = st.columns([3, 2], gap="large")
    with steer, failure.stops_page():
        position = sliders.show(study, personal)
        history.record(personal.sha256, position, tray.items())
    with listen, failure.stops_page():
        _show_variation(study, personal, position)
        undo.show(personal)
    fine_controls.show(study, personal, position)
    nudges.in_address()


def _show_variation(study: Study, personal: Personal, position: Position) -> None:
    variation = resources.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    window = variation.tokens[0]
    sequence = resources.music(study, variation.tokens)[0]
    found = kept.kept_notes(study, window)
    st.subheader("Your variation")
    listening = play_options.show()
    player.show(
        sequence,
        key="variation",
        title="Your variation",
        loop=listening.repeat,
        autoplay=listening.at_once,
        kept=None if found is None else found.notes,
    )
    if found is not None and found.notes:
        st.caption(
            failure.plain(kept.sentence(study, found)),
            help="Pale notes with a rim: the same part of your song strikes the same note at the "
            "same moment, in the piece that is nearest to this variation. How long a note is held "
            "does not count.",
        )
