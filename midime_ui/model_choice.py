"""Changing the base model: what stays, what goes, and who may ask for which."""

from __future__ import annotations

from typing import Final

import streamlit as st

from midime_engine import catalogue
from midime_ui import fits, model_at_work, models, pools, state, trained, watched_training

__all__ = ["PUBLISHED_KEY", "choose", "read_address", "suggest"]

PUBLISHED_KEY: Final = "published_model"
"""Where the session keeps the published model that is being looked at."""

_PARAMETER: Final = "model"
_HANDLED: Final = "model_of_address"


def choose(name: str) -> None:
    """Work with the base model called ``name`` from now on, whatever songs come.

    Songs and chosen tracks stay. A MidiMe belongs to the model it was trained on: it is put away
    and comes back with that model. A training that is under way ends, and it is said.
    """
    before = model_at_work.model_name()
    if name != before:
        trained.put_away()
        watched = watched_training.job()
        job = None if watched is None else pools.job_manager().get(watched.id)
        if job is not None and not job.state.is_over:
            job.cancel()
            st.toast(
                "The training was for the model before, so it has been ended. Train again to have "
                "a MidiMe with this one.",
                icon=":material/stop:",
            )
        watched_training.set_job(None)
    model_at_work.choose_model(name)
    model_at_work.set_wanted_model(None)


def suggest() -> None:
    """Work with the base model that suits the songs, unless the visitor has chosen one."""
    model_at_work.set_suggested_model(fits.suggested_model(state.sources()).name)


def read_address() -> None:
    """Take the model that the address asks for (``?model=trio_4bar``), once, if it is on offer.

    One that would have to be downloaded is only shown: a link must not start that.
    """
    wanted = st.query_params.get(_PARAMETER)
    if not wanted or wanted == st.session_state.get(_HANDLED):
        return
    st.session_state[_HANDLED] = wanted
    entry = catalogue.find(wanted)
    if not models.is_offered(wanted):
        st.toast(
            "The address asks for a model that is not offered here.", icon=":material/link_off:"
        )
    elif entry is None or catalogue.is_cached(entry):
        choose(wanted)
    else:
        st.session_state[PUBLISHED_KEY] = wanted
