"""What the rules are tried on: all that a model can play, or the song of this session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import cutting, model_at_work, models, state
from midime_ui.components import failure
from midime_ui.ground import Ground

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["models_to_choose_from", "own_midime", "show", "start_from"]

_START: Final = "rules_start_from"
_MODEL: Final = "rules_model"
_ALL: Final = "All that the model can play"
_OWN: Final = "What my MidiMe plays"


def show(*, what: str = "rules") -> Ground:
    """Ask where to start from, to learn ``what``."""
    own = own_midime()
    left, right = st.columns(2, gap="large")
    with left:
        options = [_ALL, _OWN] if own else [_ALL]
        start = st.segmented_control(
            "Start from",
            options,
            default=options[-1],
            key=_START if own else f"{_START}_model",
            persist_state="session",
            help="The prior of the base model, or the space of the MidiMe that you have trained: "
            "what is learnt then stays around what your song sounds like.",
        )
        if own is None:
            st.caption(
                f"Train a MidiMe on a song first, and {what} can be learnt around what it plays."
            )
    if own and start != _ALL:
        study, personal = own
        with right:
            st.caption(failure.plain(f"{study.title}, {models.base_model(study.model).title}"))
        return Ground(study.model, study, personal)
    with right:
        return Ground(_ask_model())


def own_midime() -> tuple[Study, Personal] | None:
    """The MidiMe at work, if it may be used; somebody else's may not."""
    study, personal = state.explorable(), state.personal()
    if study is None or personal is None or state.visit() is not None:
        return None
    if study.songless is None:
        try:
            if personal.fingerprint != cutting.fingerprint(study):
                return None
        except MidimeError:
            return None
    return study, personal


def models_to_choose_from() -> list[str]:
    """Names of the models that need no download, and of the one at work."""
    offered = models.on_this_machine()
    current = model_at_work.model_name()
    return list(offered) if current in offered else [current, *offered]


def start_from(model: str) -> None:
    """Try it on all that ``model`` can play, one of those to choose from; for a callback."""
    if _START in st.session_state:
        st.session_state[_START] = _ALL
    st.session_state[_MODEL] = model


def _ask_model() -> str:
    current, names = model_at_work.model_name(), models_to_choose_from()
    chosen = st.selectbox(
        "Model",
        names,
        names.index(current),
        format_func=lambda name: models.base_model(name).title,
        key=_MODEL,
        persist_state="session",
        help="A base model (a MusicVAE). Rules belong to the model in whose latent space they were "
        "learnt.",
    )
    return str(chosen) if models.is_offered(str(chosen)) else current
