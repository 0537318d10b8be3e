"""The space of one MidiMe: where the song lies in it, and what is heard at a point of it.

Cached by content; nothing returned from here may be changed: other sessions hold the same object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine.pipelines import generate
from midime_ui import cutting, models, playing, rebuilding
from midime_ui.cache_keys import KEYS
from midime_ui.personal import Personal
from midime_ui.position import Position

if TYPE_CHECKING:
    from midime_engine.midime.model import MidiMe
    from midime_engine.pipelines.generate import Variations
    from midime_engine.protocols import FloatArray
    from midime_ui.position import Nudges
    from midime_ui.studies import Study

__all__ = ["points_of_song", "random_point", "space", "variation"]


@st.cache_resource(
    show_spinner=False,
    max_entries=32,
    hash_funcs={Personal: lambda personal: personal.sha256},
)
def space(personal: Personal) -> MidiMe:
    """The MidiMe of a session, rebuilt from its bytes."""
    from midime_engine.midime import persistence

    return persistence.from_bytes(personal.data)[0]


def points_of_song(study: Study, personal: Personal) -> FloatArray:
    """Where the chunks of the song lie in the personal space, ``[n_chunks, latent_size]``."""
    return space(personal).encode(rebuilding.embedding(study).latents.mu).mu


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=KEYS)
def variation(
    study: Study,
    personal: Personal,
    point: tuple[float, ...],
    *,
    temperature: float | None,
    seed: int,
    nudges: Nudges = (),
) -> Variations:
    """The music at one point of the personal space: where the sliders stand."""
    whole = space(personal)
    return generate.from_sliders(
        np.array([point], np.float32),
        whole,
        playing.server(study.model, personal),
        offset=Position(point, temperature, seed, nudges).offset(whole.config.input_size),
        temperature=temperature,
        seed=seed,
    )


@st.cache_data(show_spinner=False, max_entries=128, hash_funcs=KEYS)
def random_point(study: Study, personal: Personal, seed: int) -> tuple[float, ...]:
    """A draw from the personal space that can be heard: the same seed, the same point."""
    base = models.base_model(study.model)
    drawn = generate.sample(
        1,
        space(personal),
        playing.server(study.model, personal),
        parts=base.parts,
        n_steps=cutting.playback(study).n_steps,
        seed=seed,
    )
    assert drawn.z_small is not None
    return tuple(drawn.z_small[0].tolist())
