"""The switch with which rules act on everything that a MidiMe plays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import rulebook, state
from midime_ui.components import failure, rule_words
from midime_ui.rules import STRONGEST

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.rules import Applied

__all__ = ["show"]

_ON: Final = "with_rules"
_STRENGTH: Final = "with_rules_strength"


def show(personal: Personal) -> Personal:
    """Ask whether, and how strongly, its rules act; ``personal`` as it plays then.

    Nothing is shown where there are no rules. What is chosen holds for the sliders, the map, the
    boards and whatever is saved or taken home.
    """
    applied = rulebook.applied(personal)
    if applied is None:
        return personal
    # The state says where they stand; these controls only change it.
    st.session_state[_ON] = applied.is_on
    st.session_state[_STRENGTH] = applied.strength
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="with_rules_row"
    ):
        st.toggle(
            "With your rules" if state.visit() is None else "With its rules",
            key=_ON,
            on_change=_changed,
            args=(personal, applied),
            help="A constraint (an actor network) moves what your MidiMe makes of the sliders to "
            "where the rules are kept, before the base model plays it.",
        )
        st.markdown(f"**{failure.plain(rule_words.line(applied.rules.wishes))}**", width="content")
        st.slider(
            "How strongly",
            0.0,
            STRONGEST,
            step=0.05,
            key=_STRENGTH,
            disabled=not applied.is_on,
            on_change=_changed,
            args=(personal, applied),
            width=220,
        )
        if state.visit() is None:
            st.button(
                "Take them away",
                icon=":material/close:",
                type="tertiary",
                key="with_rules_remove",
                on_click=rulebook.apply,
                args=(personal, None),
            )
    return replace(personal, rules=applied)


def _changed(personal: Personal, applied: Applied) -> None:
    strength = min(max(float(st.session_state[_STRENGTH]), 0.0), STRONGEST)
    rulebook.apply(personal, replace(applied, is_on=bool(st.session_state[_ON]), strength=strength))
