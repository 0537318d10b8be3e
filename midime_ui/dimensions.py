"""The dimensions of a base model that say most, for controls that move them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.latent.latents import Latents
from midime_engine.musicvae import cards
from midime_ui import personal_space, rebuilding
from midime_ui.cache_keys import KEYS

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["MAX_DIMENSIONS", "moved", "order"]

MAX_DIMENSIONS: Final = 50
"""What comes after them hardly changes a note."""

_DRAWS: Final = 256
"""From which the reach of a MidiMe is estimated: enough for an order."""


@st.cache_data(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def order(study: Study, personal: Personal) -> tuple[int, ...]:
    """The dimensions by information, the most informative first, at most :data:`MAX_DIMENSIONS`.

    How much a dimension says was measured on unseen music when an embedded model was trained. For
    another one it is what it says of this song: the mean KL divergence of its posteriors. Where
    there is no song either, it is how much the MidiMe itself moves the dimension.
    """
    measured = _measured(study.model)
    if measured is not None:
        return measured[:MAX_DIMENSIONS]
    if study.songless is None:
        posterior = rebuilding.embedding(study).latents
        return _largest(Latents(posterior.mu, posterior.sigma).kl().mean(axis=0))
    space = personal_space.space(personal)
    return _largest(space.decode(space.sample(_DRAWS, seed=0)).std(axis=0))


def moved(
    personal: Personal, point: tuple[float, ...], offset: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """What the MidiMe makes of a point, before and after nudges, each ``[z_size]``."""
    z = personal_space.space(personal).decode(np.array([point], np.float32))[0]
    return z, z if offset is None else z + offset


def _measured(model: str) -> tuple[int, ...] | None:
    for card in cards.available():
        if card.name == model:
            found = card.figures.get("validation", {}).get("dimensions_by_information")
            return None if found is None else tuple(int(dimension) for dimension in found)
    return None


def _largest(amounts: FloatArray) -> tuple[int, ...]:
    return tuple(np.argsort(-amounts, kind="stable")[:MAX_DIMENSIONS].tolist())
