"""What is rated: all that a model can play, one's own MidiMe, or the one that somebody shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import state
from midime_ui.components import failure, guard, rule_ground
from midime_ui.ground import Ground

if TYPE_CHECKING:
    from midime_ui.state import Visit

__all__ = ["show", "show_stored"]


def show() -> Ground:
    """Ask what to listen to; whoever came by a link rates what was shared."""
    visit = state.visit()
    if visit is None:
        return rule_ground.show(what="your taste")
    study = guard.show_explorable()
    personal = guard.show_personal(study)
    _show_notice(visit)
    return Ground(study.model, study, personal)


def show_stored() -> None:
    """Say what becomes of ratings that nobody shares."""
    if state.visit() is None:
        st.caption(
            "Your own ratings are kept until you close this page, and stored nowhere. What was "
            "learnt from them is kept when you apply it to Explore and save your MidiMe."
        )


def _show_notice(visit: Visit) -> None:
    st.info(
        f"You rate **{failure.plain(visit.name)}**, which somebody shares with you. **Stored with "
        "it, under a random number: the pieces that you rate and your answers, nothing else.** "
        "Only its owner can use them. “Forget my ratings” deletes them.",
        icon=":material/share:",
    )
