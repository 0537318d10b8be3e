"""What rules do, in figures and in one piece."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import rule_music
from midime_ui.components import rule_comparison
from midime_ui.ground import Ground
from tests.support.ruling import a_melody, some_rules
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.rules import Rules
    from midime_ui.studies import Study


def script(ground: Ground, rules: Rules) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui.components import rule_comparison

    st.session_state["result"] = rule_comparison.show(ground, rules)


def shown(study: Study, rules: Rules | None = None) -> AppTest:
    """What the page says of rules on a model."""
    return perform(script, ground=Ground(study.model), rules=rules or some_rules())


def test_figures_say_what_has_changed(study: Study) -> None:
    """Share kept, way gone, shape and notes."""
    page = shown(study)
    assert [each.label for each in page.metric] == [
        "Keep the rules",
        "How far they moved",
        "Shape of the melody kept",
        "Notes",
    ]
    assert page.metric[0].value == "100 %"
    assert page.session_state["result"] == 1.0


def test_less_strength_keeps_less(study: Study) -> None:
    """None at all changes nothing, and is no reason to complain."""
    page = shown(study)
    page.slider(key="rules_strength").set_value(0.0).run()
    assert page.metric[0].value == page.metric[0].delta.removesuffix(" before")
    assert page.metric[1].value == "0.0"
    assert not page.info


def test_one_begins_with_a_piece_that_has_learnt_something(study: Study) -> None:
    """Before, some of its notes are against the rules; after, none."""
    page = shown(study)
    assert "It does not keep the rules." in words(page)
    assert "It keeps the rules. Moved by" in words(page)
    assert "notes" in words(page).split("does not keep the rules.")[1][:40]


def test_one_goes_from_piece_to_piece_and_round(study: Study) -> None:
    """After the last comes the first."""
    page = shown(study)
    page.session_state["rules_piece"] = 255
    page.run()
    assert "Piece **256** of 256" in words(page)
    page.button(key="rules_next").click().run()
    assert "Piece **1** of 256" in words(page)
    page.button(key="rules_previous").click().run()
    assert "Piece **256** of 256" in words(page)


def test_just_one_piece_can_be_helped(study: Study) -> None:
    """And left again; another piece has not been."""
    page = shown(study)
    page.button(key="rules_alone").click().run()
    assert "Just this one, as near as possible" in words(page)
    page.button(key="rules_alone_back").click().run()
    assert "With your rules" in words(page)
    page.button(key="rules_alone").click().run()
    page.button(key="rules_next").click().run()
    assert "With your rules" in words(page)


def test_a_piece_that_cannot_be_helped_is_said_to_be_so(study: Study) -> None:
    """What comes nearest is shown."""
    page = shown(study, some_rules("key=F major", tokens=a_melody((66, 68))))
    page.button(key="rules_alone").click().run()
    told = words(page)
    assert "No place was found near this piece" in told


def test_what_falls_short_is_said_with_the_figure(study: Study) -> None:
    """And which of several rules is the hardest."""
    page = shown(study, some_rules("key=C major", "rests>=0.9"))
    assert "Only 0 % of the pieces keep the rules" in page.info[0].value
    assert "The hardest is “Rests\\: at least 90 %”, kept by 0 %" in page.info[0].value


def test_rules_that_cost_the_piece_are_said_to(study: Study) -> None:
    """Satisfying is the easy half."""
    found = rule_music.compared(Ground(study.model), some_rules(), 1.0)
    far = replace(found, moved=np.full(256, found.norm), contour=0.1)
    sentence = rule_comparison.figures_sentence(far, some_rules())
    assert "had to go far" in sentence


@pytest.mark.parametrize(("moved", "contour"), [(0.1, 0.1), (1.0, 0.8)])
def test_nothing_is_said_of_what_is_well(study: Study, moved: float, contour: float) -> None:
    """Near, or still the same shape."""
    found = rule_music.compared(Ground(study.model), some_rules(), 1.0)
    well = replace(found, moved=np.full(256, moved * found.norm), contour=contour, notes_ratio=0.9)
    assert rule_comparison.figures_sentence(well, some_rules()) == ""


def test_rules_that_are_kept_by_playing_less_are_said_to_be(study: Study) -> None:
    """Unless that is what was wished."""
    found = rule_music.compared(Ground(study.model), some_rules(), 1.0)
    fewer = replace(found, moved=np.zeros(256, np.float32), notes_ratio=0.62)
    sentence = rule_comparison.figures_sentence(fewer, some_rules(what="key"))
    assert "62 % of the notes are left" in sentence
    assert "this key alone" in sentence
    assert "alone" not in rule_comparison.figures_sentence(fewer, some_rules())
    sparse = some_rules("density<=0.3")
    assert rule_comparison.figures_sentence(fewer, sparse) == ""
