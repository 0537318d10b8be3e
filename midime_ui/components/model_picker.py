"""What MidiMe is going to learn from: which base model, and what each would hear of the songs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import model_choice, models, resources, state
from midime_ui.components import failure, model_fit, published_models

if TYPE_CHECKING:
    from midime_ui.base_models import BaseModel
    from midime_ui.state import Source

__all__ = ["show"]

_KEY: Final = "base_model"


def show() -> None:
    """Ask for the base model; what suits the songs is chosen until the visitor decides."""
    sources, current = state.sources(), state.model_name()
    offered = dict(models.on_this_machine())
    offered.setdefault(current, models.base_model(current))  # One that has been downloaded.
    suggested = resources.suggested_model(sources)
    # The choice lives in the state, so that other ways of choosing show here as well.
    st.session_state[_KEY] = current
    st.radio(
        "What shall MidiMe learn?",
        list(offered),
        format_func=lambda name: _label(offered[name], is_suggested=name == suggested),
        captions=[_caption(model, sources) for model in offered.values()],
        key=_KEY,
        on_change=_choose,
        help="Each of these is a base model (a MusicVAE): trained on thousands of pieces of its "
        "kind, it turns a few bars into numbers (the latent vector z) and back. MidiMe is trained "
        "on top of it, on your song only.",
    )
    _show_discarded(offered[current])
    published_models.show(sources)


def _label(model: BaseModel, *, is_suggested: bool) -> str:
    title = failure.plain(model.title)
    return f"**{title}** · suits your song" if is_suggested else f"**{title}**"


def _caption(model: BaseModel, sources: tuple[Source, ...]) -> str:
    fit = resources.fit(sources, model.name)
    return f"{model.description} {model_fit.describe(fit, n_songs=len(sources))}"


def _choose() -> None:
    name = st.session_state[_KEY]
    if models.is_offered(name):  # Options are a courtesy of the browser.
        model_choice.choose(name)


def _show_discarded(current: BaseModel) -> None:
    before = state.discarded()
    if before is None or before == current.name or state.personal() is not None:
        return
    st.info(
        f"Your songs are kept. The MidiMe that was trained on {models.base_model(before).title} "
        f"is gone: its sliders belong to that model. Train another one on {current.title}.",
        icon=":material/swap_horiz:",
    )
