"""New music beside what it may be compared with: the song, and models that know nothing of it.

Cached by content; nothing returned from here may be changed: other sessions hold the same object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.musicvae.starting import starting_points
from midime_engine.pipelines import generate, reconstruct
from midime_engine.pipelines.compare import compare
from midime_engine.pipelines.outcome import evaluate
from midime_ui import cutting, models, personal_space, rebuilding
from midime_ui.cache_keys import KEYS

if TYPE_CHECKING:
    from midime_engine.pipelines.compare import Comparison
    from midime_engine.pipelines.generate import Variations
    from midime_engine.pipelines.outcome import Outcome
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_engine.protocols import IntArray
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["COMPARED_SAMPLES", "compared", "outcome", "prior_sample", "rebuilt_untrained"]

COMPARED_SAMPLES: Final = 8
"""Of the song's own model and of the base model: enough for distributions, quick to decode."""


def compared(study: Study, tokens: IntArray) -> Comparison:
    """New music, ``[n, steps, parts]``, beside the song."""
    return compare(
        cutting.material(study).chunks, tokens, parts=models.base_model(study.model).parts
    )


@st.cache_resource(show_spinner="Comparing…", max_entries=64, hash_funcs=KEYS)
def outcome(study: Study, personal: Personal) -> Outcome:
    """How the training turned out: rebuilt, played, and compared with the song."""
    base, embedded = models.base_model(study.model), rebuilding.embedding(study)
    return evaluate(
        embedded,
        personal_space.space(personal),
        models.server(study.model),
        parts=base.parts,
        starts=starting_points(study.model, COMPARED_SAMPLES, z_size=embedded.latents.mu.shape[1]),
    )


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=KEYS)
def rebuilt_untrained(study: Study, personal: Personal) -> Rebuilt:
    """The song through the same MidiMe as it was before its training."""
    from midime_engine.midime.model import MidiMe

    whole, untrained = rebuilding.embedding(study), MidiMe(personal_space.space(personal).config)
    return reconstruct.rebuild_through(
        whole.chunks, whole.latents.mu, untrained, models.server(study.model)
    )


@st.cache_resource(show_spinner=False, max_entries=1024)
def prior_sample(model: str, *, z_size: int, temperature: float | None, seed: int) -> Variations:
    """What the base model plays when it knows no song."""
    start = starting_points(model, 1, z_size=z_size, seed=seed)
    return generate.sample_base(start, models.server(model), temperature=temperature, seed=seed)
