"""What plays a MidiMe: its base model, with the rules that act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines import ruled
from midime_engine.pipelines.ruled import RuledModel
from midime_ui import models
from midime_ui.rules import Rules

if TYPE_CHECKING:
    from midime_engine.constraints.model import Constraint
    from midime_engine.protocols import DecodesTokens, FloatArray
    from midime_ui.personal import Personal

__all__ = ["condition", "constraint", "server"]


@st.cache_resource(
    show_spinner=False, max_entries=32, hash_funcs={Rules: lambda rules: rules.sha256}
)
def constraint(rules: Rules) -> Constraint:
    """The constraint of a session, rebuilt from its bytes."""
    return ruled.unpack(rules.data).constraint


def condition(rules: Rules) -> FloatArray | None:
    """What the constraint is asked for; None where it always does the same."""
    return ruled.condition(rules.requirements, rules.what)


def server(model: str, personal: Personal) -> DecodesTokens:
    """The base model called ``model``; where rules are switched on, it keeps them."""
    plain, applied = models.server(model), personal.rules
    if applied is None or not applied.is_at_work:
        return plain
    rules = applied.rules
    return RuledModel(plain, constraint(rules), condition(rules), applied.strength)
