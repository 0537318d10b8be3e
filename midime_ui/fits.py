"""What songs have for a base model, and which model they suit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import NoUsableTrackError
from midime_engine.pipelines.suggest import suggest_parts
from midime_ui import cutting, model_at_work, models, reading
from midime_ui.base_models import preferred
from midime_ui.cache_keys import KEYS
from midime_ui.studies import Study

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_ui.base_models import Preference
    from midime_ui.studies import Source

__all__ = ["Fit", "fit", "suggested_model"]

_USUAL_STEPS: Final = 32
"""Window in which tracks are looked at before there is a model: two bars of 4/4."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What songs have for a base model."""

    n_pieces: int
    """0 if they lack a part without which the model cannot do."""

    n_bars: int
    """Of the longest piece."""

    silent: tuple[Role, ...]
    """Parts of the model that nobody plays in them; without pieces the one that is missed."""


@st.cache_resource(show_spinner=False, max_entries=1024, hash_funcs=KEYS)
def fit(sources: tuple[Source, ...], model: str) -> Fit:
    """What ``model`` would hear of the songs, with the tracks that suit it best."""
    parts = models.base_model(model).parts
    try:
        chunks = cutting.material(Study(sources, (), model)).chunks
    except NoUsableTrackError:
        needed: Role = "melody" if "melody" in parts else parts[0]
        return Fit(0, 0, (needed,))
    n_bars = max(chunk.n_bars for chunk in chunks.items)
    return Fit(len(chunks.items), n_bars, cutting.silent_in(chunks, parts))


@st.cache_data(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def suggested_model(sources: tuple[Source, ...]) -> Preference:
    """The base model that songs can feed: for a line, a band or drums, whatever they are."""
    default = model_at_work.default_model()
    tracks = [reading.song_tracks(source, _USUAL_STEPS) for source in sources]
    offered = models.on_this_machine()
    hears = [name for name in offered if fit(sources, name).n_pieces]
    return preferred(offered.values(), suggest_parts(tracks), default=default, hears=hears)
