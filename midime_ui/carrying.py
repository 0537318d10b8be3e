"""Music carried over, cached: answers, what they have of their source, and the map of both sides.

Nothing returned from here may be changed: other sessions hold the same object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import streamlit as st

from midime_engine.latent.projection import Pca
from midime_engine.music.layering import together
from midime_engine.musicvae.starting import starting_points
from midime_engine.pipelines import carried, generate, teach, translate
from midime_ui import models
from midime_ui.carriers import Carrier, Loaded
from midime_ui.passages import Passage, music

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.pipelines.translate import Answers
    from midime_engine.protocols import FloatArray, IntArray
    from midime_engine.translation.domain import Domain

__all__ = [
    "N_ANSWERS",
    "Plane",
    "answers",
    "both",
    "loaded",
    "plane",
    "shares",
    "target_domain",
    "target_music",
]

N_ANSWERS: Final = 4
"""As many as stand side by side and are still told apart by ear."""

_N_SHOWN: Final = 120
"""Points of either side on the map: enough to see where its music lies."""

_CLOUD_SEED: Final = 7
_KEYS: Final[dict[str | type[Any], Any]] = {
    Carrier: lambda carrier: carrier.key,
    Passage: lambda passage: passage.id,
}


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=_KEYS)
def loaded(carrier: Carrier) -> Loaded:
    """A translator, read once."""
    return carrier.load()


def target_domain(passage: Passage, carrier: Carrier) -> Domain:
    """The side that answers."""
    return loaded(carrier).translator.config.domains[1 - carrier.side_of(passage.model)]


@st.cache_resource(show_spinner="Looking for what goes with it…", max_entries=256, hash_funcs=_KEYS)
def answers(passage: Passage, carrier: Carrier, strictness: float, first_seed: int) -> Answers:
    """:data:`N_ANSWERS` different answers to a passage."""
    return translate.answer(
        passage.vector,
        N_ANSWERS,
        loaded(carrier).translator,
        models.server(target_domain(passage, carrier).model),
        side=carrier.side_of(passage.model),
        strictness=strictness,
        first_seed=first_seed,
        n_steps=passage.playback.n_steps,
    )


def target_music(passage: Passage, carrier: Carrier, tokens: IntArray) -> NoteSequence:
    """One answer ``[steps, parts]`` as notes of the tempo and length of its source."""
    parts = target_domain(passage, carrier).parts
    (sequence,) = generate.to_music(tokens[None], parts=parts, playback=passage.usual)
    return sequence


def both(passage: Passage, answer: NoteSequence) -> NoteSequence:
    """Source and answer at the same time, as one piece of several instruments."""
    return together([music(passage), answer], passage.playback)


def shares(passage: Passage, carrier: Carrier, tokens: IntArray) -> tuple[FloatArray, FloatArray]:
    """What source and answers have of each attribute that both sides know.

    Each is a share in 0..1 of all music of the same kind that has less of it.

    Returns:
        Of the source ``[k]``, and of answers ``[n, steps, parts]``, ``[n, k]``.
    """
    side = carrier.side_of(passage.model)
    scales = teach.scales_of(loaded(carrier).metadata)
    n_steps = passage.playback.n_steps
    source = carried.measure(passage.window[None, :n_steps], parts=passage.parts)
    target = carried.measure(tokens[:, :n_steps], parts=target_domain(passage, carrier).parts)
    return scales[side].share(source)[0], scales[1 - side].share(target)


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A flat view of what both sides have in common."""

    pca: Pca
    clouds: tuple[FloatArray, FloatArray]
    """Where music of each side lies, ``[n, 2]``; by the number of the side."""

    shared: int
    """How many numbers of ``z'`` both sides share."""

    def place(self, z_small: FloatArray) -> FloatArray:
        """``[n, latent_size]`` to ``[n, 2]``."""
        return self.pca.transform(z_small[:, : self.shared])


@st.cache_resource(show_spinner="Drawing the map…", max_entries=16, hash_funcs=_KEYS)
def plane(carrier: Carrier) -> Plane:
    """The map of a translator: what the models of both sides play of their own."""
    translator = loaded(carrier).translator
    shared = translator.config.shared_size
    clouds = [
        translator.encode(_starts(domain), side).mu[:, :shared]
        for side, domain in enumerate(translator.config.domains)
    ]
    n_components = min(2, shared)
    pca = Pca.fit(np.concatenate(clouds), n_components=n_components)
    placed: Sequence[FloatArray] = [pca.transform(cloud) for cloud in clouds]
    return Plane(pca, (placed[0], placed[1]), shared)


def _starts(domain: Domain) -> FloatArray:
    """What a model plays of its own, as vectors of its side, ``[n, size]``."""
    n = _N_SHOWN * domain.n_windows
    drawn = starting_points(domain.model, n, z_size=domain.z_size, seed=_CLOUD_SEED)
    return drawn.reshape(_N_SHOWN, domain.size)
