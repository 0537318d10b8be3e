"""Blend two saved MidiMes: choose, press, watch, and see that it lies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.midime.config import MidiMeConfig
from midime_engine.pipelines.blend import Half, require_related
from midime_ui import blending, models, navigation, pools, reopening, saving
from midime_ui.components import failure, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.library import Saved
    from midime_ui.blending import BlendJob, Outcome, Watched

__all__ = ["show"]

_POLL_SECONDS: Final = 0.5
_MAX_NAME: Final = 100
_SEED: Final = 0


def show(everything: Sequence[Saved]) -> None:
    """Offer it where two of ``everything`` belong together; otherwise say what is missing."""
    st.subheader("Blend two of them")
    pairs = _by_model(everything)
    if not pairs:
        st.caption(
            "Save two MidiMes that were trained with the same base model, and you can make a "
            "third one here whose sliders lead between both."
        )
        return
    watched = blending.watched()
    job = None if watched is None else pools.job_manager().get(watched.job_id)
    if watched is not None and job is not None:
        st.fragment(_watch, run_every=_POLL_SECONDS)(watched, job)
        return
    failed, outcome = blending.failed(), blending.outcome()
    if failed is not None:
        failure.show(failed)
    if outcome is not None:
        _show_outcome(outcome, everything)
    with st.container(border=True):
        _offer(pairs)


def _by_model(everything: Sequence[Saved]) -> tuple[Saved, ...]:
    """Those that have company: another one of the same base model."""
    midimes = [saved for saved in everything if saved.kind == "midime"]
    names = [saved.base_model for saved in midimes]
    return tuple(saved for saved in midimes if names.count(saved.base_model) > 1)


def _offer(pairs: tuple[Saved, ...]) -> None:
    left, right = st.columns(2)
    with left:
        a = _choose("One", pairs, key="blend_a")
    with right:
        b = _choose(
            "The other",
            tuple(s for s in pairs if s.base_model == a.base_model and s.id != a.id),
            key="blend_b",
        )
    one, other = failure.plain(a.name), failure.plain(b.name)
    percent = st.slider(
        "How much of the other",
        0,
        100,
        50,
        5,
        format="%d %%",
        key="blend_share",
        help="Which share of the points that the blend is trained on are draws of the second "
        "MidiMe; a quarter of them lie on lines between draws of both.",
    )
    st.caption(f"To the left more like {one}, to the right more like {other}.")
    # Its own key for each pair: a name that was typed for another pair would be wrong.
    name = st.text_input(
        "Name", f"{a.name} and {b.name}"[:_MAX_NAME], max_chars=_MAX_NAME, key=f"blend_{a.id}{b.id}"
    )
    if st.button("Blend", type="primary", icon=":material/join:", key="blend_start"):
        try:
            _start(a, b, share=percent / 100, name=name)
        except MidimeError as error:
            failure.show(error)
        else:
            st.rerun()


def _choose(label: str, saved: tuple[Saved, ...], *, key: str) -> Saved:
    by_id = {each.id: each for each in saved}
    if st.session_state.get(key) not in by_id:
        st.session_state.pop(key, None)  # Deleted meanwhile, or of another base model.
    chosen = st.selectbox(
        label, list(by_id), format_func=lambda saved_id: _label(by_id[saved_id]), key=key
    )
    return by_id[str(chosen)]


def _label(saved: Saved) -> str:
    try:
        model = models.base_model(saved.base_model).title
    except MidimeError:
        model = saved.base_model
    return f"{saved.name} ({model})"


def _start(a: Saved, b: Saved, *, share: float, name: str) -> None:
    one, other = (Half.of(reopening.playable(saved.id).model, name=saved.name) for saved in (a, b))
    require_related(one, other)
    work = blending.work_on(one, other, models.server(a.base_model), share=share, seed=_SEED)
    job = pools.job_manager().submit(work)
    blending.set_outcome(None)
    blending.set_failure(None)
    blending.set_watched(blending.Watched(job.id, name, (a.name, b.name)))


def _watch(watched: Watched, job: BlendJob) -> None:
    job.heartbeat()
    if job.state.is_over:
        blending.set_watched(None)
        _keep(watched, job)
        st.rerun()
    n, n_most = len(job.events()), MidiMeConfig().epochs
    told = "Comparing it with both" if n >= n_most else f"Round {n} of at most {n_most}"
    st.progress(min(1.0, n / n_most), text=told if n else "Getting ready")
    st.button("Stop", icon=":material/stop:", on_click=job.cancel, key="blend_stop")


def _keep(watched: Watched, job: BlendJob) -> None:
    """Save what has come of it; what went wrong is told by the next run."""
    blended = job.result
    error = job.error
    if blended is not None:
        try:
            saved = saving.keep_blend(blended, name=watched.name)
        except MidimeError as refused:
            error = refused
        else:
            outcome = blending.Outcome(saved.id, saved.name, watched.parents, blended.likeness)
            blending.set_outcome(outcome)
    blending.set_failure(error)


def _show_outcome(outcome: Outcome, everything: Sequence[Saved]) -> None:
    saved = next((each for each in everything if each.id == outcome.saved_id), None)
    if saved is None:
        return  # Deleted meanwhile.
    st.success(f"{failure.plain(saved.name)} is in your library.", icon=":material/bookmark_added:")
    a, b = outcome.parents
    for column, name, value in zip(
        st.columns(2), (a, b), (outcome.likeness.to_a, outcome.likeness.to_b), strict=True
    ):
        with column:
            st.metric(
                f"Like {failure.plain(name)}",
                wording.percent(value),
                f"both are {wording.percent(outcome.likeness.apart)} alike",
                delta_color="off",
                delta_arrow="off",
                help="Overlap of what both play in pitches, intervals, lengths and places in the "
                "bar: the mean over 16 samples of each, 100 % for equal distributions.",
            )
    if st.button("Open it", icon=":material/tune:", key="blend_open"):
        reopening.open_saved(saved)
        st.switch_page(navigation.EXPLORE.path)
