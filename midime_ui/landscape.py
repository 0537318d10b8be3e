"""The map of a personal space: a plane through it, what lies on it, and where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_engine.latent.interpolation import lerp
from midime_engine.latent.likelihood import Terrain, terrain
from midime_engine.latent.projection import Pca
from midime_engine.pipelines import generate
from midime_ui import note_sequences, personal_space, playing, rebuilding
from midime_ui.cache_keys import KEYS
from midime_ui.position import Nudges, Position, on_sliders

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.latent.latents import Latents
    from midime_engine.protocols import FloatArray
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["Landscape", "landscape", "travel"]

_FEWEST: Final = 3
"""Chunks with which a song has two directions of its own; below it the first two sliders do."""

_REACH: Final = 2.8
"""Standard deviations of the prior that the map shows: 98 % of a plane of random points."""

_ROOM: Final = 0.4
"""Beyond the outermost chunk."""

_COLUMNS: Final = 32
_ROWS: Final = 24
"""Of the net of places to click: about a finger apart on a phone, and drawn in no time."""


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """All of the map that does not depend on where the sliders stand."""

    plane: Pca
    points: FloatArray
    """The chunks of the song in the personal space, ``[n_chunks, latent_size]``."""

    chunks: FloatArray
    """The same on the plane, ``[n_chunks, 2]``."""

    terrain: Terrain
    places: FloatArray
    """Where one may click, ``[k, 2]``."""

    def place(self, point: tuple[float, ...]) -> FloatArray:
        """Where a point of the personal space lies on the plane, ``[2]``."""
        return self.plane.transform(np.array(point, np.float32))

    def point_at(self, index: int) -> tuple[float, ...]:
        """Where the sliders go for a click on that place."""
        return on_sliders(self.plane.inverse(self.places[index]))


@st.cache_resource(show_spinner="Drawing the map…", max_entries=64, hash_funcs=KEYS)
def landscape(study: Study, personal: Personal) -> Landscape | None:
    """The map of a MidiMe, with its song if it is here; None with a single slider."""
    space = personal_space.space(personal)
    size = space.config.latent_size
    if size < 2:  # noqa: PLR2004 - a plane
        return None
    posterior: Latents | None = None
    points = np.zeros((0, size), np.float32)
    if study.songless is None:
        posterior = space.encode(rebuilding.embedding(study).latents.mu)
        points = posterior.mu
    plane = Pca.fit(points) if len(points) >= _FEWEST else Pca.axes(size)
    chunks = plane.transform(points)
    centre = plane.transform(np.zeros(size, np.float32))
    low, high = centre - _REACH, centre + _REACH
    if len(chunks):
        low = np.minimum(low, chunks.min(axis=0) - _ROOM)
        high = np.maximum(high, chunks.max(axis=0) + _ROOM)
    (x0, y0), (x1, y1) = low.tolist(), high.tolist()
    seen = terrain(plane, posterior, x_range=(x0, x1), y_range=(y0, y1))
    net = np.meshgrid(_inner(x0, x1, _COLUMNS), _inner(y0, y1, _ROWS))
    places = np.stack(net, axis=-1).reshape(-1, 2).astype(np.float32)
    return Landscape(plane, points, chunks, seen, places)


@st.cache_data(show_spinner="Travelling…", max_entries=64, max_size="32MiB", hash_funcs=KEYS)
def travel(
    study: Study,
    personal: Personal,
    *,
    start: tuple[float, ...],
    end: tuple[float, ...],
    n: int,
    temperature: float | None,
    seed: int,
    nudges: Nudges = (),
) -> NoteSequence:
    """``n`` variations on the straight way between two points, both included, as one piece."""
    way = lerp(start, end, np.linspace(0.0, 1.0, n))
    space = personal_space.space(personal)
    offset = Position(start, temperature, seed, nudges).offset(space.config.input_size)
    server = playing.server(study.model, personal)
    made = generate.from_sliders(
        way, space, server, offset=offset, temperature=temperature, seed=seed
    )
    return note_sequences.joined(study, note_sequences.music(study, made.tokens))


def _inner(low: float, high: float, n: int) -> FloatArray:
    """The middles of ``n`` equal parts of an interval."""
    return np.asarray(low + (np.arange(n) + 0.5) * (high - low) / n, np.float32)
