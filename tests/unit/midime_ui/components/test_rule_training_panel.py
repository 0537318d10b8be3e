"""A training of rules: started, watched, stopped."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from midime_engine.attributes.parsing import parse_all
from midime_engine.constraints.training import ConstraintStep
from midime_engine.errors import TrainingError
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constrain import Constraining
from midime_ui.ground import Ground
from midime_ui.rulebook import Learnt
from tests.support.ruling import a_constraint, some_rules
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_engine.attributes.requirement import Requirements
    from midime_ui.studies import Study

STEPS = [
    ConstraintStep(0, 512, (0.2,), 0.2),
    *(ConstraintStep(i, 512, (i / 5,), i / 5, moved=1.0) for i in range(1, 6)),
]


def script(ground: Ground, requirements: Requirements, learnt: Learnt | None = None) -> None:
    """The panel, as the page uses it."""
    import streamlit as st

    from midime_ui import rulebook
    from midime_ui.components import rule_training_panel

    if learnt is not None:
        rulebook.set_learnt(learnt)
    rule_training_panel.collect()
    st.session_state["watched"] = rule_training_panel.show(ground, requirements)
    known = rulebook.learnt()
    if known is not None:
        rule_training_panel.show_last(known)
        st.session_state["wishes"] = known.rules.wishes
        st.session_state["what"] = known.rules.what


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_space, judge, _config):
        constraint = a_constraint(condition_size=judge.condition_size, n_wishes=len(judge.weights))
        return Constraining(constraint, iter(STEPS))

    monkeypatch.setattr(constrain, "start", start)


def panel(study: Study, *wishes: str, **more) -> AppTest:
    """For these wishes."""
    requirements = parse_all(wishes or ("key=C major",))
    return perform(script, ground=Ground(study.model), requirements=requirements, **more)


def wait(page: AppTest) -> None:
    """Until nothing is watched any more."""
    deadline = time.monotonic() + 20
    while page.session_state["watched"] and time.monotonic() < deadline:
        time.sleep(0.1)
        page.run()
    assert not page.exception
    assert not page.session_state["watched"]


def test_a_training_leads_to_rules(study: Study) -> None:
    """For every key at once, where only a key is wished."""
    page = panel(study)
    page.button(key="rules_start").click().run()
    wait(page)
    assert page.session_state["wishes"] == ("key=C major",)
    assert page.session_state["what"] == "key"
    assert "It has listened to 512 pieces" in words(page)


def test_or_for_this_key_alone(study: Study) -> None:
    """If that is wished."""
    page = panel(study)
    page.toggle(key="rules_many_key").set_value(False)
    page.button(key="rules_start").click().run()
    wait(page)
    assert page.session_state["what"] is None


def test_other_rules_have_nothing_to_ask_for(study: Study) -> None:
    """They are learnt for themselves."""
    page = panel(study, "rests", "leap=7")
    assert not page.toggle


def test_a_failure_is_said_in_place_and_the_button_stays(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong, what to do, and another try."""

    def refuse(*_: object):
        raise TrainingError("A loss is not finite.", remedy="Train again.")

    monkeypatch.setattr(constrain, "start", refuse)
    page = panel(study)
    page.button(key="rules_start").click().run()
    wait(page)
    assert "Train again" in page.error[0].value
    assert page.button(key="rules_start")


def test_a_queue_that_is_full_is_said_to_be(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is watched then."""
    from midime_ui.jobs import JobManager

    def refuse(*_: object):
        raise TrainingError("The queue is full.", remedy="Wait a few seconds.")

    monkeypatch.setattr(JobManager, "submit", refuse)
    page = panel(study)
    page.button(key="rules_start").click().run()
    assert "Wait a few seconds" in page.error[0].value


def test_what_was_learnt_before_needs_no_other_training(study: Study) -> None:
    """The button is there, and does not ask to be pressed."""
    learnt = Learnt(some_rules(), (study.model,), tuple(STEPS), 9.6)
    page = panel(study, learnt=learnt)
    assert page.button(key="rules_start").proto.type == "secondary"
    other = panel(study, "rests", learnt=learnt)
    assert other.button(key="rules_start").proto.type == "primary"


def test_rules_out_of_a_file_have_no_curve(study: Study) -> None:
    """Nobody has seen them learn."""
    page = panel(study, learnt=Learnt(some_rules(), (study.model,)))
    assert not page.expander
