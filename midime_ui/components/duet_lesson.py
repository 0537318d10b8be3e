"""A translator of one's own: offered, watched while it learns, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError, NoUsableTrackError
from midime_engine.pipelines import teach
from midime_engine.plots import translation_curve
from midime_ui import duets, models, navigation, pairings, passages, teaching
from midime_ui.carriers import Carrier
from midime_ui.components import chart, failure, wording
from midime_ui.jobs import JobState
from midime_ui.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.translation.domain import Domain
    from midime_engine.translation.training import TranslationStep
    from midime_ui.components.duet_pair import Pair
    from midime_ui.duets import Lesson, Watched
    from midime_ui.studies import Study
    from midime_ui.teaching import LessonJob

__all__ = ["collect", "show"]

_POLL_SECONDS: Final = 0.5
_STOP: Final = "Stop and keep what it has learnt"
_WAITING: Final = "Waiting for a free place: others are training at this moment."
_READY: Final = "Listening to the song. The first training of a server takes some seconds more."

_TRAINING: Final[Watching[Watched, Lesson]] = Watching(
    watched=duets.watched,
    set_watched=duets.set_watched,
    set_failure=duets.set_failure,
    keep=duets.remember,
)


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    _TRAINING.collect()


def show(pair: Pair, study: Study | None, carrier: Carrier | None) -> None:
    """Offer to learn from ``study``, or show the training under way, or the last one."""
    st.subheader(
        "Teach it how a song does it",
        help="Trains the translator on the passages of one song in which both sides play "
        "(fine-tuning, with the general one as a start where there is one).",
    )
    if _TRAINING.show(_watch, run_every=_POLL_SECONDS):
        return
    _offer(pair, study)
    for lesson in reversed(duets.lessons()):
        if lesson.carrier == carrier and lesson.steps:
            _show_last(lesson)


def _offer(pair: Pair, study: Study | None) -> None:
    refused = duets.failure()
    if refused is not None:
        failure.show(refused)
    if study is None or not study.sources:
        st.caption("That needs a song in which both sides play; what is at work here has none.")
        navigation.show_link(navigation.UPLOAD)
        return
    target = pair.pairing.target
    general = Carrier.general(pair.source, target)
    domains = (
        pairings.sides(pair.source, target)
        if general is None
        else general.load().translator.config.domains
    )
    try:
        found = passages.together_in(study, domains)
    except NoUsableTrackError as error:
        st.info(
            f"{failure.plain(str(error))} {failure.plain(error.remedy)}",
            icon=":material/hearing_disabled:",
        )
        return
    song = failure.plain(study.title)
    n = wording.count(len(found), "passage")
    st.caption(f"In {song}, {_parts(domains)} sound together in {n}. It takes less than a minute.")
    if not st.button(
        f"Learn from {song}",
        icon=":material/school:",
        type="secondary" if pair.pairing.carriers else "primary",
        key="duet_learn",
    ):
        return
    names = domains[0].model, domains[1].model
    servers = models.server(names[0]), models.server(names[1])
    try:
        _TRAINING.begin(
            teaching.teach_on(found, servers, domains, general),
            lambda job_id: duets.Watched(job_id, names, teach.PERSONAL_STEPS),
        )
    except MidimeError as error:
        failure.show(error)
        return
    st.rerun()


def _parts(domains: tuple[Domain, Domain]) -> str:
    named = [" and ".join(domain.parts) for domain in domains]
    return (
        f"{named[0]}, and {named[1]},"
        if any(" " in each for each in named)
        else (f"{named[0]} and {named[1]}")
    )


def _watch(watched: Watched, job: LessonJob) -> None:
    job.heartbeat()
    steps = job.events()
    st.button(_STOP, icon=":material/stop:", on_click=job.cancel, key="duet_stop")
    said = f"Step {len(steps)} of {watched.n_steps}"
    if not steps:
        said = _WAITING if job.state is JobState.WAITING else _READY
    st.progress(min(1.0, len(steps) / max(1, watched.n_steps)), text=said)
    _draw(steps, watched.n_steps)


def _draw(steps: Sequence[TranslationStep], n_steps: int | None) -> None:
    alt = (
        f"Losses by step: from {steps[0].total:.2f} to {steps[-1].total:.2f} after {len(steps)}."
        if steps
        else "Losses by step: nothing yet."
    )
    chart.show(
        translation_curve.figure(steps, n_steps=n_steps, theme=chart.theme()),
        alt=alt,
        key="duet_curve",
    )


def _show_last(lesson: Lesson) -> None:
    ended = "to the end"
    if lesson.stopped_early:
        is_cut = lesson.seconds > teaching.MAX_SECONDS
        ended = "a minute was over" if is_cut else "stopped by you"
    with st.expander(
        f"How it was learnt ({lesson.seconds:.0f} s, {ended})", icon=":material/show_chart:"
    ):
        _draw(lesson.steps, None)
        n = wording.count(lesson.n_pairs, "passage")
        st.caption(f"Learnt from {n} in which both play.")
