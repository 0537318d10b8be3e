"""Which rules the music shall keep: chosen by name, each with its control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.attributes.parsing import parse_all
from midime_engine.attributes.registry import rules
from midime_engine.errors import RuleError
from midime_engine.pipelines import constrain
from midime_ui.components import failure, own_rules, rule_control

if TYPE_CHECKING:
    from midime_engine.attributes.requirement import Requirements
    from midime_engine.attributes.rule import Rule
    from midime_engine.converters.classes import Role

__all__ = ["show"]

_COLUMN_WIDTH: Final = 300
"""Pixels: three controls side by side on a laptop, one on a phone."""

_FIRST: Final = ("key", "drum")
"""What is chosen to begin with: the first of these that the model can keep."""


def show(parts: tuple[Role, ...]) -> Requirements | None:
    """Ask for rules for a model of ``parts``; None as long as they cannot be kept, and say why."""
    offered = {rule.name: rule for rule in rules() if rule.fits(parts)}
    chosen = st.pills(
        "What shall the music keep?",
        list(offered),
        selection_mode="multi",
        default=[name for name in _FIRST if name in offered][:1],
        format_func=lambda name: offered[name].title,
        # Its own for each kind of model: drums have no key.
        key=f"rules_{'_'.join(parts)}",
        persist_state="session",
        help="Each rule is a measure between 0 and 1 that is computed from the notes (an attribute "
        "function). Several rules have to be kept together.",
    )
    wishes = _show_controls([offered[name] for name in chosen if name in offered], parts)
    typed = own_rules.show()
    if typed.faults:
        st.caption("Correct the rule of your own above to go on.")
        return None
    try:
        requirements = parse_all((*wishes, *typed.wishes)) if wishes or typed.wishes else None
        if requirements is None:
            st.info("Choose at least one rule, for example a key.", icon=":material/rule:")
            return None
        constrain.check(requirements, parts)
    except RuleError as error:
        st.warning(
            f"{failure.plain(str(error))}\n\n**What to do:** {failure.plain(error.remedy)}",
            icon=":material/block:",
        )
        return None
    return requirements


def _show_controls(chosen: list[Rule], parts: tuple[Role, ...]) -> tuple[str, ...]:
    if not chosen:
        return ()
    grid = st.grid(3, min_column_width=_COLUMN_WIDTH, border=True, key="rule_controls")
    wishes: list[str] = []
    for rule in chosen:
        with grid.cell():
            wishes += rule_control.show(rule, parts)
    return tuple(wishes)
