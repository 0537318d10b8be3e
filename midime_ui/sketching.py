"""Drawings for all sessions: the model and what it draws, loaded and drawn once for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.sketches import RULES, drawings

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.constraints.model import Constraint
    from midime_engine.pipelines.sketching import DrawingBoard
    from midime_engine.protocols import FloatArray
    from midime_engine.sketches import Drawing
    from midime_engine.sketches.model import SketchRNN

__all__ = [
    "N_MEASURED",
    "between",
    "board",
    "constraint",
    "drawn",
    "features",
    "measures",
    "model",
    "moved",
    "places",
]

N_MEASURED: Final = 120
"""Drawings on which shares are measured before anything is trained: to within four hundredths."""

_UNSEEN: Final = 1
"""Seed of the drawings between which one may go: the model has not been trained on them."""


@st.cache_resource(show_spinner="Sharpening the pencils…")
def model() -> SketchRNN:
    """The model of drawings."""
    from midime_engine import sketches
    from midime_ui import keras_session

    keras_session.keep()
    return sketches.load()


@st.cache_resource(show_spinner="Looking at real drawings…")
def board() -> DrawingBoard:
    """What is needed to bend the model."""
    from midime_engine.pipelines.sketching import DrawingBoard

    return DrawingBoard.of(model())


@st.cache_data(show_spinner=False, max_entries=64)
def places(n: int, seed: int) -> FloatArray:
    """Where the model starts ``n`` drawings of its own, ``[n, z_size]``."""
    return model().starts(n, seed=seed)


@st.cache_resource(show_spinner="Drawing…", max_entries=64)
def drawn(n: int, seed: int) -> list[Drawing]:
    """``n`` drawings of the model's own; not to be changed, all sessions hold them."""
    return model().decode(places(n, seed))


@st.cache_resource(show_spinner=False, max_entries=8)
def constraint(data: bytes) -> Constraint:
    """The trained constraint in ``data``."""
    from midime_engine.constraints import persistence

    return persistence.from_bytes(data)[0]


@st.cache_resource(show_spinner="Drawing…", max_entries=64)
def moved(data: bytes, n: int, seed: int, strength: float) -> list[Drawing]:
    """What becomes of :func:`drawn` when the constraint in ``data`` moves it by ``strength``."""
    z = constraint(data).apply(places(n, seed), strength=strength)
    return model().decode(z)


@st.cache_data(show_spinner=False, max_entries=4)
def measures(seed: int = 0) -> dict[str, npt.NDArray[np.float64]]:
    """By rule, what it gives for each of :data:`N_MEASURED` drawings of the model's own."""
    some = drawn(N_MEASURED, seed)
    return {name: np.array([rule.compute(d) for d in some]) for name, rule in RULES.items()}


@st.cache_data(show_spinner=False, max_entries=8)
def features(n: int, seed: int) -> npt.NDArray[np.float64]:
    """What a taste knows of the first ``n`` drawings of ``seed``, ``[n, f]``."""
    from midime_engine.sketches.features import features_of

    return features_of(drawn(n, seed), board().recogniser)


@st.cache_resource(show_spinner="Drawing…", max_entries=64)
def between(first: str, second: str, seed: int, steps: int) -> list[Drawing]:
    """A way from a drawing of one kind to a drawing of another, in ``steps`` drawings.

    Both are by the program, number ``seed`` of their kind; the model draws all of them.
    """
    from midime_engine.latent.interpolation import slerp

    ends = [drawings(1, seed=_UNSEEN, kinds=(kind,), start=seed)[0] for kind in (first, second)]
    mu = model().encode(ends).mu
    return model().decode(slerp(mu[0], mu[1], np.linspace(0.0, 1.0, steps, dtype=np.float32)))
