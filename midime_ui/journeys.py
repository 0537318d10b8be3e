"""From one kept piece of music to another, as the page shows it: computed once, then cached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine.pipelines.generate import Variations
from midime_engine.pipelines.travel import Place, travel
from midime_ui import personal_space, playing
from midime_ui.cache_keys import KEYS
from midime_ui.tray import Item

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["journey", "place_of", "stop_seeds"]


def place_of(item: Item) -> Place:
    """Where a kept item lies, with its music."""
    small = None if item.z_small is None else np.array(item.z_small, np.float32)
    return Place(np.array(item.z, np.float32), small, item.window)


@st.cache_resource(
    show_spinner="Travelling…", max_entries=64, hash_funcs={**KEYS, Item: lambda item: item.id}
)
def journey(study: Study, personal: Personal, a: Item, b: Item, n: int) -> Variations:
    """``n`` stops from ``a`` to ``b``, which are themselves the first and the last of them."""
    way = travel(place_of(a), place_of(b), n, personal_space.space(personal))
    tokens = playing.server(study.model, personal).decode_tokens(
        way.z, temperature=a.temperature, seed=stop_seeds(a, n)
    )
    tokens = np.array(tokens, np.int32)
    tokens[0], tokens[-1] = a.window, b.window
    return Variations(way.z, tokens, way.z_small, n)


def stop_seeds(a: Item, n: int) -> list[int]:
    """The seed of each stop: those after that of the first."""
    return [a.seed + i for i in range(n)]
