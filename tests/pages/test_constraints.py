"""Rules: chosen, trained, heard before and after, and taken to the sliders."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from midime_engine.constraints.training import ConstraintStep
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constrain import Constraining
from midime_ui import models
from tests.pages.steps import links, train, upload, words
from tests.support.ruling import a_constraint

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

STEPS = tuple(ConstraintStep(i, 512, (i / 5,), i / 5, moved=1.0) for i in range(6))
RULES = "pages/constraints.py"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A training that leads to a constraint that is known."""

    def start(_space, judge, _config):
        constraint = a_constraint(condition_size=judge.condition_size, n_wishes=len(judge.weights))
        return Constraining(constraint, iter(STEPS))

    monkeypatch.setattr(constrain, "start", start)


def teach(app: AppTest) -> None:
    """Press the button and wait for before and after."""
    app.button(key="rules_start").click().run()
    deadline = time.monotonic() + 20
    while not app.metric and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert not app.exception
    assert app.metric[0].label == "Keep the rules"


def choose(app: AppTest, parts: str, *names: str) -> None:
    """Press these rules."""
    pills = next(group for group in app.get("button_group") if group.key == f"rules_{parts}")
    pills.set_value(list(names)).run()
    assert not app.exception


def test_rules_can_be_learnt_without_a_song(app: AppTest) -> None:
    """From all that the model can play; where the sliders are is said."""
    app.run()
    app.switch_page(RULES).run()
    assert app.title[0].value == "Give the music rules"
    assert "pieces keep the rule as it is now" in words(app)
    teach(app)
    assert app.metric[0].value == "100 %"
    assert "With your rules" in words(app)
    assert app.button(key="rules_apply").disabled
    assert links(app)


def test_another_key_is_answered_at_once(app: AppTest) -> None:
    """Where every key was learnt; another rule has to be."""
    app.run()
    app.switch_page(RULES).run()
    teach(app)
    app.selectbox(key="rule_key_argument_tonic").set_value("F#").run()
    assert not app.exception
    assert "Train again" not in words(app)
    assert app.metric[0].value == "0 %"  # The constraint of this test knows C major only.
    assert "Only 0 % of the pieces" in app.info[0].value
    choose(app, "melody", "key", "rests")
    assert "Learnt for F\\# major. Train again" in words(app)


def test_what_contradicts_itself_cannot_be_trained(app: AppTest) -> None:
    """It is said before anybody waits."""
    app.run()
    app.switch_page(RULES).run()
    app.text_area(key="own_rules_text").set_value("key=F# major").run()
    assert "too little for music" in app.warning[0].value
    assert not any(button.key == "rules_start" for button in app.button)


def test_the_rules_act_on_the_sliders_until_they_are_taken_away(app: AppTest, tune: bytes) -> None:
    """Learnt around what the MidiMe plays, switched on and off on the page for exploring."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page(RULES).run()
    assert "tune, Melody, 2 bars" in words(app)
    teach(app)
    app.button(key="rules_apply").click().run()
    assert not app.exception
    assert app.title[0].value == "Explore variations of your song"
    assert app.toggle(key="with_rules").value
    assert "**C major**" in words(app)
    app.toggle(key="with_rules").set_value(False).run()
    assert not app.exception
    app.switch_page("pages/train.py").run()
    app.switch_page("pages/explore.py").run()
    assert not app.toggle(key="with_rules").value
    app.button(key="with_rules_remove").click().run()
    assert not any(toggle.key == "with_rules" for toggle in app.toggle)


def test_what_was_learnt_is_kept_on_other_pages(app: AppTest) -> None:
    """A training goes on while one looks elsewhere, and its result is there afterwards."""
    app.run()
    app.switch_page(RULES).run()
    app.button(key="rules_start").click().run()
    app.switch_page("pages/upload.py").run()
    time.sleep(0.5)
    app.run()
    app.switch_page(RULES).run()
    deadline = time.monotonic() + 20
    while not app.metric and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert app.metric[0].value == "100 %"


@pytest.mark.parametrize("model", ["drums_2bar", "trio_4bar"])
def test_every_kind_of_model_has_rules_of_its_own(app: AppTest, model: str) -> None:
    """Drums have grooves, trios have both."""
    app.run()
    app.switch_page(RULES).run()
    app.selectbox(key="rules_model").set_value(model).run()
    assert not app.exception
    assert "pieces keep the rule" in words(app)
    pills = f"rules_{'_'.join(models.base_model(model).parts)}"
    names = next(g for g in app.get("button_group") if g.key == pills).options
    shown = " ".join(map(str, names))
    assert "Snare on two and four" in shown
    assert ("Notes in a key" in shown) == (model == "trio_4bar")
