"""Magenta's own models: what they are, and how they get here when somebody wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine import catalogue
from midime_engine.errors import MidimeError
from midime_ui import fits, model_at_work, model_choice, models, pools
from midime_ui.components import failure, model_fit, wording
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from midime_engine.catalogue import Entry
    from midime_ui.fetching import Download, Progress
    from midime_ui.studies import Source

__all__ = ["POLL_SECONDS", "describe_progress", "show"]

POLL_SECONDS: Final = 0.5
"""Between two looks at a download."""

_MEGABYTE: Final = 1_000_000


def show(sources: tuple[Source, ...]) -> None:
    """Offer the published models, folded: whoever does not know them does not need them."""
    try:
        entries = {entry.name: entry for entry in models.published()}
    except MidimeError as error:
        failure.show(error)  # The host has set something to nonsense.
        return
    if not entries:
        return
    looked_at = st.session_state.get(model_choice.PUBLISHED_KEY)
    with st.expander(
        "More models, by Magenta", icon=":material/cloud_download:", expanded=bool(looked_at)
    ):
        st.caption(
            "The original MusicVAE models of Google's Magenta project. They are downloaded from "
            "Google when somebody uses them for the first time, and kept on this server. Those "
            "above need no download and do most things as well."
        )
        if looked_at not in entries:
            st.session_state.pop(model_choice.PUBLISHED_KEY, None)
        name = st.selectbox(
            "Model",
            list(entries),
            index=None,
            format_func=lambda name: _label(entries[name]),
            placeholder="Choose a model",
            key=model_choice.PUBLISHED_KEY,
            persist_state="session",
        )
        if name in entries:
            _show_entry(entries[name], sources)


def describe_progress(progress: Progress) -> str:
    """Say how far a download is.

    >>> from midime_ui.fetching import Progress
    >>> describe_progress(Progress(4_200_000, 18_000_000))
    '4 of 18 MB'
    """
    done = f"{progress.n_bytes / _MEGABYTE:.0f}"
    if progress.n_total is None:
        return f"{done} MB so far"
    return f"{done} of {progress.n_total / _MEGABYTE:.0f} MB"


def _label(entry: Entry) -> str:
    base = models.base_model(entry.name)
    return f"{base.kind}, {wording.count(base.n_bars, 'bar')} · {entry.slug} · {entry.size}"


def _show_entry(entry: Entry, sources: tuple[Source, ...]) -> None:
    is_here = catalogue.is_cached(entry)
    if is_here and model_at_work.wanted_model() == entry.name:
        model_choice.choose(entry.name)
        st.rerun()  # Above, another model is still shown to be at work.
    size = "Already on this server." if is_here else f"Downloads {entry.size} on first use."
    fit = model_fit.describe(fits.fit(sources, entry.name), n_songs=len(sources))
    summary = entry.summary[0].upper() + entry.summary[1:]
    st.markdown(f"{failure.plain(summary)}. {fit}")
    st.caption(f"{size} Licence: {failure.plain(entry.licence)}.")
    if model_at_work.model_name() == entry.name:
        st.caption(":material/check: At work.")
    elif is_here:
        st.button(
            "Use it",
            icon=":material/check:",
            key="use_published",
            on_click=model_choice.choose,
            args=(entry.name,),
        )
    else:
        _show_download(entry)


def _show_download(entry: Entry) -> None:
    job = pools.fetches().get(entry.name)
    if job is not None and not job.state.is_over:
        st.fragment(_watch, run_every=POLL_SECONDS)(job)
        return
    if job is not None and job.error is not None:
        failure.show(job.error)
    elif job is not None and job.state in {JobState.STOPPED, JobState.ABANDONED}:
        st.caption("The download was stopped. It goes on where it was.")
    st.button(
        f"Download and use ({entry.size})",
        icon=":material/download:",
        key="download_published",
        on_click=_start,
        args=(entry,),
    )


def _start(entry: Entry) -> None:
    if entry in models.published():
        model_at_work.set_wanted_model(entry.name)
        pools.fetches().start(entry)


def _watch(job: Download) -> None:
    """Show how far ``job`` is; when it has ended, begin the page anew."""
    job.heartbeat()
    if job.state.is_over:
        st.rerun()
    events = job.events()
    if not events:
        st.progress(0.0, text="Connecting…")
    else:
        latest = events[-1]
        share = latest.n_bytes / latest.n_total if latest.n_total else 0.0
        st.progress(min(share, 1.0), text=describe_progress(latest))
    st.button("Stop", icon=":material/stop:", key="stop_download", on_click=job.cancel)
