"""Answers to a source: how strictly they follow, four to choose from, and the duet to be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.pipelines import carried
from midime_engine.pipelines.translate import DEFAULT_STRICTNESS
from midime_ui import carrying
from midime_ui.components import duet_listen, duet_map, failure, player, wording

if TYPE_CHECKING:
    from midime_engine.pipelines.translate import Answers
    from midime_engine.protocols import FloatArray
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage

__all__ = ["STRICTNESS", "choose", "described", "likeness", "show"]

STRICTNESS: Final = "duet_strictness"
_CHOSEN: Final = "duet_chosen"
_FIRST: Final = "duet_first_seed"
_CARD_WIDTH: Final = 230
_STEP: Final = 0.05


@st.fragment
def show(passage: Passage, carrier: Carrier) -> None:
    """Everything that follows the slider."""
    with failure.stops_page():
        strictness = _ask_strictness()
        first_seed = int(st.session_state.get(_FIRST, 0))
        found = carrying.answers(passage, carrier, strictness, first_seed)
        chosen = _show_cards(passage, carrier, found)
        duet_listen.show(passage, carrier, found, chosen, strictness)
        duet_map.show(passage, carrier, found, chosen, choose)


def choose(index: int) -> None:
    """In a callback: have answer ``index`` be the pair of the source."""
    st.session_state[_CHOSEN] = index


def likeness(source: FloatArray, targets: FloatArray) -> FloatArray:
    """How much answers ``[n, k]`` have of the source ``[k]`` in common, ``[n]`` in 0..1.

    >>> likeness(np.array([0.5, 0.5]), np.array([[0.5, 0.5], [1.0, 0.0]]))
    array([1. , 0.5], dtype=float32)
    """
    return np.asarray(1.0 - np.abs(targets - source).mean(axis=1), np.float32)


def _ask_strictness() -> float:
    value = st.slider(
        "How strictly it follows",
        0.0,
        1.0,
        DEFAULT_STRICTNESS,
        _STEP,
        key=STRICTNESS,
        persist_state="session",
        help="At 1 an answer keeps all that both sides have in common (density, syncopation, "
        "repetition, brightness, place in the beat); at 0 it is free music of the other kind. "
        "How far the shared numbers of z' are drawn back to those of the source.",
    )
    return min(max(float(value), 0.0), 1.0)


def _show_cards(passage: Passage, carrier: Carrier, found: Answers) -> int:
    chosen = min(int(st.session_state.get(_CHOSEN, 0)), len(found.seeds) - 1)
    source, targets = carrying.shares(passage, carrier, found.tokens)
    grid = st.grid(4, min_column_width=_CARD_WIDTH, border=True, key="duet_answers")
    for index in range(len(found.seeds)):
        with grid.cell():
            st.markdown(f"**Answer {index + 1}**")
            player.show(
                carrying.target_music(passage, carrier, found.tokens[index]),
                key=f"duet_answer_{index}",
                title=f"Answer {index + 1}",
                compact=True,
            )
            st.caption(
                described(source, targets[index]),
                help="Mean agreement over " + ", ".join(carried.NAMES) + ": each is measured in "
                "both and compared by its rank among all music of its kind."
                if index == 0
                else None,
            )
            is_chosen = index == chosen
            st.button(
                "Chosen" if is_chosen else "Choose",
                icon=":material/check:" if is_chosen else ":material/touch_app:",
                type="primary" if is_chosen else "secondary",
                key=f"duet_choose_{index}",
                on_click=choose,
                args=(index,),
                width="stretch",
            )
    with st.container(horizontal=True, vertical_alignment="center", key="duet_more"):
        st.button(
            "Four others",
            icon=":material/casino:",
            key="duet_others",
            on_click=_go_to,
            args=(max(found.seeds) + 1,),
        )
        st.button(
            "Back to the first four",
            icon=":material/first_page:",
            key="duet_first",
            type="tertiary",
            disabled=not st.session_state.get(_FIRST),
            on_click=_go_to,
            args=(0,),
        )
        seeds = ", ".join(map(str, found.seeds))
        st.caption(f"Seeds {seeds}", width="content")
    return chosen


def _go_to(seed: int) -> None:
    st.session_state[_FIRST] = seed


def described(source: FloatArray, target: FloatArray) -> str:
    """How far an answer follows, and in what it differs most."""
    gaps = target - source
    most = int(np.argmax(np.abs(gaps)))
    alike = float(likeness(source, target[None])[0])
    said = f"Follows {wording.percent(alike)}."
    if abs(gaps[most]) < _NEAR:
        return f"{said} Alike in everything."
    return f"{said} {_MORE[most] if gaps[most] > 0 else _LESS[most]}."


_NEAR: Final = 0.15
"""Of all music: two pieces that are nearer than that are called alike."""

_MORE: Final = (
    "Busier",
    "More against the beat",
    "Repeats itself more",
    "Brighter",
    "More on the beat",
    "More between the beats",
)
_LESS: Final = (
    "Calmer",
    "Straighter",
    "Repeats itself less",
    "Darker",
    "Less on the beat",
    "Less between the beats",
)
"""In the order of ``carried.NAMES``."""
