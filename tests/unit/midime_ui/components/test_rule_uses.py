"""What rules are good for once they are learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.attributes.parsing import parse_all
from midime_ui import navigation, rulebook
from midime_ui.components import rule_ground, rule_uses
from midime_ui.ground import Ground
from midime_ui.rulebook import Learnt
from midime_ui.rules import Applied
from tests.support.ruling import some_rules
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.rules import Rules
    from midime_ui.studies import Study


def script(ground: Ground, rules: Rules, strength: float = 1.0) -> None:
    """What is offered."""
    from midime_ui.components import rule_uses

    rule_uses.show(ground, rules, strength)


def opening(ground: Ground, learnt: Learnt) -> None:
    """The field for a file."""
    import streamlit as st

    from midime_ui import rulebook
    from midime_ui.components import rule_uses

    if rulebook.learnt() is None:
        rulebook.set_learnt(learnt)
    rule_uses.show_open(ground)
    known = rulebook.learnt()
    st.session_state["result"] = None if known is None else known.rules.wishes


@pytest.fixture(autouse=True)
def _without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "show_link", lambda _step, **_: None)


def test_rules_act_on_the_midime_of_the_session(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As strongly as was chosen; then its sliders are shown."""
    monkeypatch.setattr(rule_ground, "own_midime", lambda: (study, personal))
    applied, went = [], []
    monkeypatch.setattr(rulebook, "apply", lambda *given: applied.append(given))
    monkeypatch.setattr("streamlit.switch_page", went.append)
    rules = some_rules()
    page = perform(script, ground=Ground(study.model), rules=rules, strength=0.5)
    page.button(key="rules_apply").click().run()
    assert applied == [(personal, Applied(rules, 0.5))]
    assert went == [navigation.EXPLORE.path]


@pytest.mark.parametrize("model", ["mel_2bar", "drums_2bar"])
def test_without_a_midime_of_that_model_there_is_nothing_to_act_on(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    """The file can be kept all the same."""
    own = None if model == study.model else (study, personal)
    monkeypatch.setattr(rule_ground, "own_midime", lambda: own)
    page = perform(script, ground=Ground(model), rules=some_rules(model=model))
    assert page.button(key="rules_apply").disabled
    assert page.get("download_button")


def test_what_can_be_asked_is_asked_and_what_cannot_is_said() -> None:
    """Another key needs no training where every key was learnt."""
    minor = parse_all(["key=A minor"])
    any_key = some_rules(what="key")
    assert rule_uses.in_use(any_key, minor).wishes == ("key=A minor",)

    def told() -> None:
        rule_uses.in_use(some_rules(), minor)

    assert "Learnt for C major. Train again" in words(perform(told))


def test_rules_come_back_from_their_file(study: Study) -> None:
    """As they were saved, in the place of those before."""
    learnt = Learnt(some_rules(), (study.model,))
    page = perform(opening, ground=Ground(study.model), learnt=learnt)
    file = ("rules.safetensors", some_rules("rests").data, "application/octet-stream")
    page.file_uploader(key="rules_file").set_value(file).run()
    assert not page.exception
    assert page.session_state["result"] == ("rests",)
    assert "Opened\\: rests" in words(page)
