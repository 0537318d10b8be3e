"""What the training on ratings did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_ui import tasting
from midime_ui.components import taste_comparison
from midime_ui.ground import Ground
from tests.support.leaning import a_lesson
from tests.support.ruling import a_melody
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.rating_state import Lesson
    from midime_ui.studies import Study


def script(ground: Ground, lesson: Lesson) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui.components import taste_comparison

    st.session_state["result"] = taste_comparison.show(ground, lesson)


@pytest.fixture
def ground(study: Study) -> Ground:
    """All that the fake plays."""
    return Ground(study.model)


def shown(ground: Ground) -> AppTest:
    """Everything becomes a piece of one note: the listener likes few."""
    return perform(script, ground=ground, lesson=a_lesson(ground, tokens=a_melody((60,))))


def test_figures_say_what_has_changed(ground: Ground) -> None:
    """Share liked before and after, way gone, shape and notes."""
    page = shown(ground)
    assert [each.label for each in page.metric] == [
        "To this taste",
        "How far they moved",
        "Shape of the melody kept",
        "Notes",
    ]
    assert page.metric[0].value == "100 %"
    assert page.session_state["result"] == 1.0


def test_without_strength_nothing_changes(ground: Ground) -> None:
    """And nothing is complained about."""
    page = shown(ground)
    page.slider(key="taste_strength").set_value(0.0).run()
    assert page.metric[0].value == page.metric[0].delta.removesuffix(" before")
    assert page.metric[1].value == "0.0"
    assert not page.info


def test_one_begins_with_what_has_gained_most(ground: Ground) -> None:
    """Then one goes round."""
    page = shown(ground)
    lesson = a_lesson(ground, tokens=a_melody((60,)))
    found = tasting.compared(ground, lesson.learnt.rules, lesson.given, 1.0)
    first = int(np.argmax(found.after - found.before))
    assert f"Piece **{first + 1}** of 256" in words(page)
    page.session_state["taste_piece"] = 255
    page.run()
    page.button(key="taste_next").click().run()
    assert "Piece **1** of 256" in words(page)
    page.button(key="taste_previous").click().run()
    assert "Piece **256** of 256" in words(page)


def test_both_versions_say_how_well_they_are_liked(ground: Ground) -> None:
    """And how far the second one is from the first."""
    told = words(shown(ground))
    assert "As it was" in told
    assert "As you like it" in told
    assert told.count("To this taste with") == 2
    assert "Moved by" in told


def test_who_judges_without_ratings_is_said(ground: Ground) -> None:
    """Out of a file comes what was learnt, and no rating."""
    lesson = a_lesson(ground)
    opened = perform(script, ground=ground, lesson=replace(lesson, given=None))
    assert "No rating is in a file" in words(opened)
    assert "As you like it" in words(opened)
    assert "No rating is in a file" not in words(shown(ground))


def test_what_falls_short_is_said(ground: Ground) -> None:
    """Few that are liked, or a long way; nothing of what is well."""
    lesson = a_lesson(ground)
    found = tasting.compared(ground, lesson.learnt.rules, lesson.given, 1.0)
    near = replace(found.found, moved=np.full(256, 0.1 * found.found.norm))
    far = replace(found.found, moved=np.full(256, found.found.norm))
    liked, disliked = np.full(256, 0.9), np.full(256, 0.1)
    sentence = taste_comparison.sentence
    assert sentence(replace(found, after=liked, found=near)) == ""
    assert "had to go far" in sentence(replace(found, after=liked, found=far))
    assert "Only 0 % of the pieces" in sentence(replace(found, after=disliked, found=near))
