"""Answers to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.pipelines.carried import NAMES
from midime_ui.components import duet_answers
from tests.support.duets import a_passage, the_general
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage
    from midime_ui.studies import Study


def script(passage: Passage, carrier: Carrier) -> None:
    """The component alone."""
    from midime_ui.components import duet_answers

    duet_answers.show(passage, carrier)


def test_four_answers_are_shown_and_the_first_is_chosen(study: Study) -> None:
    """Each with a player of its own, and three of the duet."""
    page = perform(script, passage=a_passage(study), carrier=the_general())
    assert [page.button(key=f"duet_choose_{i}").label for i in range(4)] == [
        "Chosen",
        "Choose",
        "Choose",
        "Choose",
    ]
    assert len(page.get("bidi_component")) == 7
    assert "Follows " in words(page)


def test_another_one_is_chosen_and_others_are_asked_for(study: Study) -> None:
    """The choice stays at its place."""
    page = perform(script, passage=a_passage(study), carrier=the_general())
    page.button(key="duet_choose_3").click().run()
    assert page.button(key="duet_choose_3").label == "Chosen"
    before = words(page)
    assert page.button(key="duet_first").disabled
    page.button(key="duet_others").click().run()
    assert words(page) != before
    assert not page.button(key="duet_first").disabled


def test_a_strictness_beyond_the_slider_is_bounded(study: Study) -> None:
    """Sessions may hold anything."""
    page = perform(script, passage=a_passage(study), carrier=the_general())
    page.slider(key=duet_answers.STRICTNESS).set_value(0.0).run()
    assert not page.exception
    assert len(page.get("bidi_component")) == 7


def test_likeness_is_one_for_the_same_and_less_for_others() -> None:
    """Never below 0."""
    source = np.zeros(len(NAMES), np.float32)
    found = duet_answers.likeness(source, np.stack([source, source + 1.0, source + 0.25]))
    assert found == pytest.approx([1.0, 0.0, 0.75])


@pytest.mark.parametrize(
    ("attribute", "gap", "said"),
    [(0, 0.5, "Busier."), (0, -0.5, "Calmer."), (3, 0.3, "Brighter."), (1, 0.1, "everything")],
)
def test_the_greatest_difference_is_named(attribute: int, gap: float, said: str) -> None:
    """What is hardly heard is not."""
    source = np.full(len(NAMES), 0.5, np.float32)
    target = source.copy()
    target[attribute] += gap
    assert said in duet_answers.described(source, target)
