"""What all visitors share beside the base models (:mod:`midime_ui.models`): the pools of jobs."""

from __future__ import annotations

import streamlit as st

from midime_ui.fetching import Fetches
from midime_ui.jobs import JobManager

__all__ = ["fetches", "job_manager"]


@st.cache_resource(show_spinner=False)
def job_manager() -> JobManager:
    """The pool in which MidiMes are trained."""
    return JobManager()


@st.cache_resource(show_spinner=False)
def fetches() -> Fetches:
    """The downloads of published models."""
    return Fetches()
