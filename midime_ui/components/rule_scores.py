"""How the music keeps the rules before anything is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.plots import rule_histogram
from midime_ui import rule_music
from midime_ui.components import chart, failure, rule_words, wording
from midime_ui.ground import N_PIECES

if TYPE_CHECKING:
    from midime_engine.attributes.requirement import Requirements
    from midime_ui.ground import Ground

__all__ = ["show"]

_COLUMN_WIDTH: Final = 260
_ALREADY: Final = 0.95
"""From here on there is little left to be learnt."""


def show(ground: Ground, requirements: Requirements) -> None:
    """A histogram for each rule, and the share of the pieces that keep all of them."""
    found = rule_music.assess(ground, requirements)
    kept = float(found.all_satisfied.mean())
    all_of = "the rule" if len(requirements) == 1 else f"all {len(requirements)} rules"
    st.markdown(
        f"**{wording.percent(kept)}** of {N_PIECES} pieces keep {all_of} as it is now.",
        help="Drawn from the prior of the model (or of your MidiMe), decoded greedily and "
        "measured. The dashed line is what is asked for; pieces in colour keep the rule.",
    )
    grid = st.grid(3, min_column_width=_COLUMN_WIDTH, key="rule_scores")
    for column, wish in enumerate(requirements):
        share = float(found.satisfied[:, column].mean())
        with grid.cell():
            st.caption(failure.plain(f"{rule_words.said(wish)}. {wording.percent(share)} keep it."))
            chart.show(
                rule_histogram.figure(
                    found.measures[:, column],
                    found.satisfied[:, column],
                    enough=wish.enough,
                    is_upper_limit=wish.is_upper_limit,
                    theme=chart.theme(),
                ),
                key=f"rule_histogram_{column}",
                alt=f"Histogram of {wish.rule.title}: {wording.percent(share)} keep the rule.",
            )
    if kept >= _ALREADY:
        st.caption(
            ":material/check: Nearly everything keeps that already: there is little to learn."
        )
    elif kept == 0:
        st.caption(
            ":material/info: Not one of them keeps all of that now. It may be out of reach of this "
            "model; the training will show how near it comes."
        )
