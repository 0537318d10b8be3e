"""Choose what the drawings should be like, by a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine.sketches import RULES
from midime_engine.sketches.reached import REACHED
from midime_ui import sketching
from midime_ui.components import sketch_training

if TYPE_CHECKING:
    from midime_engine.constraints.judge import Judge
    from midime_engine.sketches.reached import Reached

__all__ = ["show"]


def show() -> None:
    """A rule, how much of it, and the button."""
    chosen, amount = st.columns(2)
    name = chosen.selectbox(
        "They should be",
        list(RULES),
        format_func=lambda name: RULES[name].wish,
        key="sketch_rule",
    )
    rule = RULES[name]
    least = amount.slider(
        "How much",
        min_value=0.1,
        max_value=1.0,
        value=rule.usual,
        step=0.01,
        format="percent",
        key=f"sketch_least_{name}",
        help=rule.definition,
    )
    kept = float(np.mean(sketching.measures()[name] >= least))
    st.caption(
        f"Asked for: {rule.asked(least)}. Of what it draws by itself, {kept:.0%} is so already."
        f"  \n{_trial(*REACHED[name])}"
    )
    is_pressed = st.button(
        "Bend the drawings",
        type="primary",
        icon=":material/draw:",
        key="sketch_bend",
        disabled=sketch_training.is_running(),
        help="Trains a small network that moves each drawing to the nearest one that keeps the "
        "rule. The model that draws stays as it is.",
    )
    if is_pressed:
        sketch_training.start(lambda: _judge(name, least), wish=rule.wish)


def _trial(usual: Reached, more: Reached) -> str:
    """What asking for the usual amount has given, and what more of it costs."""
    return (
        f"In a trial at {usual.least:.0%}, {usual.kept:.0%} of 1,000 new drawings were as asked "
        f"for after bending, and {usual.same_kind:.0%} still showed the same thing. "
        f"At {more.least:.0%} it was {more.kept:.0%} and {more.same_kind:.0%}"
        + (f": most of them became {more.instead}." if more.instead else ".")
    )


def _judge(name: str, least: float) -> Judge:
    from midime_engine.sketches.wishes import SketchJudge, Wish

    return SketchJudge(sketching.model(), [Wish(name, least)])
