"""The base models of the app: which are on offer, and those that are in memory.

They are the same for everybody, so they are shared by all sessions. Names come from a fixed list:
what is embedded, what the host has named in ``MIDIME_MODEL``, and what Magenta has published, as
far as the host allows downloads (``MIDIME_MAX_DOWNLOAD``). No visitor can bring weights.
"""

from __future__ import annotations

import functools
import gc
import math
import os
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine import catalogue
from midime_engine.catalogue import settings
from midime_engine.errors import UnknownModelError
from midime_engine.pipelines import personalise
from midime_ui import keras_session, model_at_work
from midime_ui.base_models import BaseModel, in_order
from midime_ui.shelf import MAX_BYTES, ModelShelf

if TYPE_CHECKING:
    from midime_engine.catalogue import Entry
    from midime_engine.musicvae import ModelCard
    from midime_ui.serving import ModelServer, ServedModel

__all__ = [
    "base_model",
    "is_offered",
    "on_this_machine",
    "published",
    "server",
    "shelf",
    "warm_up",
    "z_size",
]

_BYTES_PER_PARAMETER: Final = 4
"""Weights are float32 in memory, whatever they are in a file."""


@st.cache_resource(show_spinner=False)
def on_this_machine() -> dict[str, BaseModel]:
    """The embedded base models by name, and the one that ``MIDIME_MODEL`` names.

    Raises:
        MidimeError: When ``MIDIME_MODEL`` names neither a model nor a checkpoint.
    """
    from midime_engine import musicvae

    models = {card.name: _embedded(card) for card in musicvae.available()}
    default = model_at_work.default_model()
    if default not in models:
        entry = catalogue.find(default)
        models[default] = _checkpoint(Path(default)) if entry is None else _published(entry)
    return {model.name: model for model in in_order(models.values())}


def published() -> tuple[Entry, ...]:
    """What Magenta has published and can be used here, downloaded or not, in order.

    Left out is what our networks do not know, what takes more memory than all models together may
    take, and what the host does not allow to be downloaded.

    Raises:
        OptionError: When ``MIDIME_MAX_DOWNLOAD`` is no number.
    """
    most = settings.max_bytes()
    usable = {
        entry.name: entry
        for entry in catalogue.entries()
        if entry.supported
        and _published(entry).n_bytes_in_memory <= MAX_BYTES
        and ((entry.least_bytes or 0) < most or catalogue.is_cached(entry))
    }
    return tuple(usable[model.name] for model in in_order(map(_published, usable.values())))


def is_offered(name: str) -> bool:
    """Whether a visitor may ask for the base model called ``name``."""
    return name in on_this_machine() or name in {entry.name for entry in published()}


def base_model(name: str) -> BaseModel:
    """What is known of the base model called ``name``, without loading it.

    Raises:
        UnknownModelError: There is none.
    """
    own = on_this_machine().get(name)
    if own is not None:
        return own
    entry = catalogue.find(name)
    if entry is None or not entry.supported:
        raise UnknownModelError(
            f"No base model is called {name!r}.", remedy="Choose one on the first page."
        )
    return _published(entry)


def _embedded(card: ModelCard) -> BaseModel:
    return BaseModel(
        name=card.name,
        parts=card.parts,
        n_steps=card.n_steps,
        n_bars=card.n_bars,
        n_bytes_in_memory=_BYTES_PER_PARAMETER * card.figures["n_parameters"],
        accuracy=_accuracy(card),
    )


def _accuracy(card: ModelCard) -> tuple[float, ...]:
    """What its card says of each part, or nothing where a part was not measured."""
    judged = card.figures.get("validation", {}).get("greedy_from_mu", {}).get("parts", {})
    measured = [judged.get(part, {}).get("step_accuracy") for part in card.parts]
    known = [float(share) for share in measured if share is not None]
    return tuple(known) if len(known) == len(measured) else ()


def _published(entry: Entry) -> BaseModel:
    from midime_engine.musicvae.config import STEPS_PER_BAR

    n_parameters = entry.n_parameters or (entry.n_bytes or 0) // _BYTES_PER_PARAMETER
    return BaseModel(
        name=entry.name,
        parts=entry.parts,
        n_steps=STEPS_PER_BAR * entry.n_bars,
        n_bars=entry.n_bars,
        n_bytes_in_memory=_BYTES_PER_PARAMETER * n_parameters,
        source=f"Magenta, {entry.slug}",
    )


def _checkpoint(path: Path) -> BaseModel:
    from midime_engine.musicvae.checkpoint import open_checkpoint
    from midime_engine.musicvae.stored import shapes_of

    checkpoint = open_checkpoint(path)
    config = checkpoint.config
    n_parameters = sum(math.prod(shape) for shape in shapes_of(checkpoint.arrays).values())
    return BaseModel(
        name=str(path),
        parts=config.parts,
        n_steps=config.n_steps,
        n_bars=config.n_bars,
        n_bytes_in_memory=_BYTES_PER_PARAMETER * n_parameters,
        source=path.name,
    )


@st.cache_resource(show_spinner=False)
def shelf() -> ModelShelf:
    """Where the base models of all visitors stand, as many as there is memory for."""
    keras_session.keep()
    return ModelShelf(_load, lambda name: base_model(name).n_bytes_in_memory)


def server(name: str) -> ModelServer:
    """The base model called ``name``, behind its worker thread; loaded when first called."""
    return shelf().server(name)


@st.cache_data(show_spinner="Loading the model…", max_entries=64)
def z_size(model: str) -> int:
    """How many numbers the vectors of a base model have; loads it."""
    base = base_model(model)
    silence = np.zeros((1, base.n_steps, len(base.parts)), np.int32)
    return int(server(model).encode_tokens(silence).mu.shape[1])


def warm_up() -> None:
    """Load in the background what the next pages are going to need, if the host allows it."""
    if os.environ.get("MIDIME_WARM_UP") != "0":
        server(model_at_work.model_name()).warm_up()


def _load(name: str) -> ServedModel:
    import note_seq  # noqa: F401 - seconds, and the first song needs it before any model

    from midime_engine import musicvae

    model = musicvae.load(name)
    # The first call compiles; better here than under somebody's finger.
    window = (1, model.config.n_steps, len(model.config.parts))
    model.decode_tokens(model.encode_tokens(np.zeros(window, np.int32)).mu)
    # Not in this thread, which has visitors waiting.
    prepare = partial(_prepare_for_visitors, model.config.z_size)
    threading.Thread(target=prepare, name="midime-warm-up", daemon=True).start()
    return model


def _prepare_for_visitors(z_size: int) -> None:
    _warm_up_training(z_size)
    # Half a million objects of TensorFlow and note-seq live as long as the process: the garbage
    # collector need not walk through them again and again, with all threads waiting.
    gc.collect()
    gc.freeze()


@functools.cache
def _warm_up_training(z_size: int) -> None:
    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.training import SMALLEST_BATCH

    nothing = np.zeros((SMALLEST_BATCH, z_size), np.float32)
    personalise.warm_up(nothing, MidiMeConfig(input_size=z_size))
