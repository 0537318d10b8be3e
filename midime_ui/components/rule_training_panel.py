"""Start, watch and stop the training of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.attributes.parsing import parse
from midime_engine.errors import MidimeError
from midime_engine.pipelines import constrain, ruled
from midime_ui import ground as grounds
from midime_ui import rule_training, rulebook
from midime_ui.components import failure, learning_panel, rule_words, wording
from midime_ui.watching import Watching

if TYPE_CHECKING:
    from midime_engine.attributes.requirement import Requirements
    from midime_engine.pipelines.ruled import Asked
    from midime_ui.ground import Ground
    from midime_ui.rule_training import RuleJob
    from midime_ui.rulebook import Learnt, Watched

__all__ = ["collect", "show", "show_last"]

_MANY: Final = "rules_many"
_MANY_LABELS: Final = {"key": "Learn every key at once", "density": "Learn every density at once"}
_MANY_HELP: Final = (
    "A conditional actor: one network that is told which of the 24 keys, or which density, is "
    "wished. Another one then needs no training. It takes twice as long."
)

_TRAINING: Final[Watching[Watched, Learnt]] = Watching(
    watched=rulebook.watched,
    set_watched=rulebook.set_watched,
    set_failure=rulebook.set_failure,
    keep=rulebook.set_learnt,
)


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    _TRAINING.collect()


def show(ground: Ground, requirements: Requirements) -> bool:
    """Offer the button, or show the training under way.

    Returns whether one is being watched, so that its result has to wait.
    """
    if _TRAINING.show(_draw, run_every=learning_panel.POLL_SECONDS):
        return True
    _offer(ground, requirements)
    return False


def _offer(ground: Ground, requirements: Requirements) -> None:
    what = ruled.asked(requirements)
    is_first = rulebook.learnt() is None
    with st.container(horizontal=True, vertical_alignment="center", key="rules_offer"):
        is_pressed = st.button(
            "Train these rules",
            type="primary" if is_first or not _is_known(requirements) else "secondary",
            icon=":material/model_training:",
            key="rules_start",
            help="A small network (an actor) learns where to move the numbers behind a piece so "
            "that the music keeps the rules and stays near what it was. The big model is not "
            "changed. About ten seconds on two cores.",
        )
        wants_many = what is not None and st.toggle(
            _MANY_LABELS[what],
            value=True,
            key=f"{_MANY}_{what}",
            persist_state="session",
            help=_MANY_HELP,
        )
    refused = rulebook.failure()
    if refused is not None:
        failure.show(refused)
    if not is_pressed:
        return
    try:
        _start(ground, requirements, what if wants_many else None)
    except MidimeError as error:
        failure.show(error)
    else:
        st.rerun()


def _is_known(requirements: Requirements) -> bool:
    found = rulebook.learnt()
    return found is not None and found.rules.answers(tuple(map(str, requirements)))


def _start(ground: Ground, requirements: Requirements, what: Asked | None) -> None:
    work = rule_training.train_on(
        grounds.space(ground),
        grounds.ear(ground),
        requirements,
        model=ground.model,
        ground=ground.key,
        what=what,
    )
    wishes = tuple(map(str, requirements))
    n = constrain.config_for(asks_many=what is not None).iterations
    _TRAINING.begin(work, lambda job_id: rulebook.Watched(job_id, wishes, n))


def _draw(watched: Watched, job: RuleJob) -> None:
    learning_panel.show_progress(
        job,
        n_iterations=watched.n_iterations,
        names=[rule_words.said(parse(wish)) for wish in watched.wishes],
        key="rules",
    )


def show_last(learnt: Learnt) -> None:
    """The curve of the training that made ``learnt``, folded."""
    if not learnt.steps:
        return
    heard = wording.count(learnt.steps[-1].n_heard, "piece")
    learning_panel.show_learnt(
        learnt,
        names=[rule_words.said(wish) for wish in learnt.rules.requirements],
        caption=f"It has listened to {heard} to learn this.",
        key="rules_learnt_curve",
    )
