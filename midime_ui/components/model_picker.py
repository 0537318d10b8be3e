"""What MidiMe is going to learn from: which base model, and what each would hear of the songs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import fits, model_at_work, model_choice, models, state, trained
from midime_ui.components import failure, model_fit, published_models, wording

if TYPE_CHECKING:
    from midime_ui.base_models import BaseModel
    from midime_ui.studies import Source

__all__ = ["show"]

_KEY: Final = "base_model"


def show() -> None:
    """Ask for the base model; what suits the songs is chosen until the visitor decides."""
    sources, current = state.sources(), model_at_work.model_name()
    offered = dict(models.on_this_machine())
    offered.setdefault(current, models.base_model(current))  # One that has been downloaded.
    suggested = fits.suggested_model(sources)
    # The choice lives in the state, so that other ways of choosing show here as well.
    st.session_state[_KEY] = current
    st.radio(
        "What shall MidiMe learn?",
        list(offered),
        format_func=lambda name: _label(offered[name], is_suggested=name == suggested.name),
        captions=[_caption(model, sources) for model in offered.values()],
        key=_KEY,
        on_change=_choose,
        help="Each of these is a base model (a MusicVAE): trained on thousands of pieces of its "
        "kind, it turns a few bars into numbers (the latent vector z) and back. MidiMe is trained "
        "on top of it, on your song only.",
    )
    if current == suggested.name and suggested.passed_over is not None:
        _show_passed_over(models.base_model(suggested.passed_over), models.base_model(current))
    _show_trained([name for name in offered if name != current])
    published_models.show(sources)


def _label(model: BaseModel, *, is_suggested: bool) -> str:
    title = failure.plain(model.title)
    return f"**{title}** · suits your song" if is_suggested else f"**{title}**"


def _caption(model: BaseModel, sources: tuple[Source, ...]) -> str:
    fit = fits.fit(sources, model.name)
    return f"{model.description} {model_fit.describe(fit, n_songs=len(sources))}"


def _choose() -> None:
    name = st.session_state[_KEY]
    if models.is_offered(name):  # Options are a courtesy of the browser.
        model_choice.choose(name)


def _show_passed_over(better: BaseModel, current: BaseModel) -> None:
    """Why the model that hears more of the songs was not chosen, and how to choose it."""
    mean = sum(better.accuracy) / len(better.accuracy) if better.accuracy else None
    reason = (
        "nobody has measured how much of such music it can play back"
        if mean is None
        else f"of music that it has not heard it plays back only {wording.percent(mean)}"
    )
    st.caption(
        f":material/info: **{better.title}** would hear more of your song, but {reason}. So MidiMe "
        f"begins with **{current.title}**. To try the other one, choose it above.",
        help="Reconstruction accuracy: the share of the sixteenth steps of unseen music that come "
        "back unchanged, over the parts of the model, as its card says.",
    )


def _show_trained(others: list[str]) -> None:
    """Which other models have learnt these songs already."""
    study = state.study()
    if study is None:
        return
    known = [name for name in others if trained.is_there(replace(study, model=name))]
    if known:
        titles = ", ".join(f"**{failure.plain(models.base_model(name).title)}**" for name in known)
        st.caption(
            f":material/history: Trained already on {titles}: choose it again, and that MidiMe is "
            "back with its sliders where you left them."
        )
