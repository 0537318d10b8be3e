"""Drawings for all sessions: the model and what it draws, loaded and drawn once for everybody."""

from __future__ import annotations

import os
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.sketches import RULES, drawings
from midime_engine.sketches.samples import N_SAMPLES, SAMPLES_SEED

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import numpy.typing as npt

    from midime_engine.constraints.model import Constraint
    from midime_engine.pipelines.sketching import DrawingBoard
    from midime_engine.protocols import FloatArray
    from midime_engine.sketches import Drawing
    from midime_engine.sketches.model import SketchRNN
    from midime_engine.sketches.recognition import Recogniser

__all__ = [
    "at_work",
    "between",
    "board",
    "constraint",
    "drawn",
    "features",
    "first",
    "measures",
    "model",
    "moved",
    "places",
    "warm_up",
]

_UNSEEN: Final = 1
"""Seed of the drawings between which one may go: the model has not been trained on them."""


@st.cache_resource(show_spinner=False)
def first() -> list[Drawing]:
    """The drawings of the model's own that are there before it is loaded."""
    from midime_engine import sketches

    return sketches.samples()


@st.cache_resource(show_spinner=False)
def model() -> SketchRNN:
    """The model of drawings. Whoever asks for it says so: it takes seconds, the first time."""
    from midime_engine import sketches
    from midime_ui import keras_session

    keras_session.keep()
    loaded = sketches.load()
    _is_loaded().set()
    return loaded


def at_work() -> AbstractContextManager[None]:
    """Says what takes so long while the model is not there yet; it would only jump about later."""
    return nullcontext() if _is_loaded().is_set() else st.spinner("Sharpening the pencils…")


@st.cache_resource(show_spinner=False)
def board() -> DrawingBoard:
    """What is needed to bend the model. Takes seconds, the first time."""
    from midime_engine.pipelines.sketching import DrawingBoard
    from midime_engine.sketches.wishes import sketch_space

    return DrawingBoard(model(), sketch_space(model(), _real()), _recogniser())


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Get ready in the background, once, while somebody looks at the first drawings.

    Not where the host does not allow it (``MIDIME_WARM_UP``).
    """
    if os.environ.get("MIDIME_WARM_UP") != "0":
        threading.Thread(target=_get_ready, name="midime-warm-up-drawings", daemon=True).start()


@st.cache_data(show_spinner=False, max_entries=64)
def places(n: int, seed: int) -> FloatArray:
    """Where the model starts ``n`` drawings of its own, ``[n, z_size]``."""
    return model().starts(n, seed=seed)


@st.cache_resource(show_spinner=False, max_entries=64)
def drawn(n: int, seed: int) -> list[Drawing]:
    """``n`` drawings of the model's own; not to be changed, all sessions hold them."""
    if seed == SAMPLES_SEED and n <= N_SAMPLES:
        return first()[:n]
    return model().decode(places(n, seed))


@st.cache_resource(show_spinner=False, max_entries=8)
def constraint(data: bytes) -> Constraint:
    """The trained constraint in ``data``."""
    from midime_engine.constraints import persistence

    return persistence.from_bytes(data)[0]


@st.cache_resource(show_spinner=False, max_entries=64)
def moved(data: bytes, n: int, seed: int, strength: float) -> list[Drawing]:
    """What becomes of :func:`drawn` when the constraint in ``data`` moves it by ``strength``."""
    z = constraint(data).apply(places(n, seed), strength=strength)
    return model().decode(z)


@st.cache_data(show_spinner=False)
def measures() -> dict[str, npt.NDArray[np.float64]]:
    """By rule, what it gives for each of the first drawings."""
    return {name: np.array([rule.compute(d) for d in first()]) for name, rule in RULES.items()}


@st.cache_data(show_spinner="Looking at drawings…")
def features() -> npt.NDArray[np.float64]:
    """What a taste knows of the first drawings, ``[n, f]``."""
    from midime_engine.sketches.features import features_of

    return features_of(first(), _recogniser())


@st.cache_resource(show_spinner=False, max_entries=64)
def between(first: str, second: str, seed: int, steps: int) -> list[Drawing]:
    """A way from a drawing of one kind to a drawing of another, in ``steps`` drawings.

    Both are by the program, number ``seed`` of their kind; the model draws all of them.
    """
    from midime_engine.latent.interpolation import slerp

    ends = [drawings(1, seed=_UNSEEN, kinds=(kind,), start=seed)[0] for kind in (first, second)]
    mu = model().encode(ends).mu
    return model().decode(slerp(mu[0], mu[1], np.linspace(0.0, 1.0, steps, dtype=np.float32)))


@st.cache_resource(show_spinner=False)
def _is_loaded() -> threading.Event:
    return threading.Event()


@st.cache_resource(show_spinner=False)
def _real() -> list[Drawing]:
    from midime_engine.pipelines.sketching import real_drawings

    return real_drawings()


@st.cache_resource(show_spinner=False)
def _recogniser() -> Recogniser:
    from midime_engine.sketches.recognition import Recogniser

    return Recogniser.fitted(_real())


def _get_ready() -> None:
    board().model.decode(places(1, 0))  # The first call compiles.
