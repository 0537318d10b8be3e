"""The song through a base model: as vectors, as it comes back, and how much of it is the same.

Cached by content; nothing returned from here may be changed: other sessions hold the same object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine.pipelines import embed, reconstruct
from midime_ui import cutting, models
from midime_ui.cache_keys import KEYS

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunk
    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.embed import Embedding
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_engine.protocols import FloatArray
    from midime_ui.studies import Study

__all__ = ["accuracy", "agreement", "embedding", "overall", "rebuilt"]


@st.cache_resource(show_spinner="Listening to the song…", max_entries=64, hash_funcs=KEYS)
def embedding(study: Study) -> Embedding:
    """Each chunk as a vector."""
    return embed.embed(cutting.material(study).chunks, models.server(study.model))


@st.cache_resource(show_spinner="Playing it back…", max_entries=64, hash_funcs=KEYS)
def rebuilt(study: Study) -> Rebuilt:
    """The chunks as the base model gives them back."""
    whole = embedding(study)
    return reconstruct.rebuild(whole.chunks, whole.latents.mu, models.server(study.model))


def agreement(study: Study, rebuilt: Rebuilt, index: int) -> dict[Role, float]:
    """Share of the steps of one chunk that came back as they were, for each part that plays."""
    return _by_part(study, [reconstruct.agreement(_chunks(study)[index], rebuilt.tokens[index])])


def accuracy(study: Study, rebuilt: Rebuilt) -> dict[Role, float]:
    """The same over all chunks."""
    pairs = zip(_chunks(study), rebuilt.tokens, strict=True)
    return _by_part(study, [reconstruct.agreement(chunk, window) for chunk, window in pairs])


def overall(study: Study, rebuilt: Rebuilt) -> float:
    """The mean of that over the parts that play."""
    return float(np.mean(list(accuracy(study, rebuilt).values())))


def _chunks(study: Study) -> tuple[Chunk, ...]:
    return cutting.material(study).chunks.items


def _by_part(study: Study, shares: list[FloatArray]) -> dict[Role, float]:
    """Mean of ``[parts]`` by their names; a part that is silent in the song says nothing."""
    silent, means = cutting.silent_parts(study), np.mean(shares, axis=0).tolist()
    parts = models.base_model(study.model).parts
    return {role: mean for role, mean in zip(parts, means, strict=True) if role not in silent}
