"""What a constraint did beside what it was for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_ui import tasting
from midime_ui.ground import Ground
from tests.support.leaning import a_lesson
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_engine.pipelines.constrain import Comparison
    from midime_ui.studies import Study


def script(found: Comparison) -> None:
    """All three."""
    from midime_ui.components import change_figures

    for show in change_figures.FIGURES:
        show(found)


@pytest.fixture
def found(study: Study) -> Comparison:
    """Everything has become the same piece."""
    ground = Ground(study.model)
    lesson = a_lesson(ground)
    return tasting.compared(ground, lesson.learnt.rules, lesson.given, 1.0).found


def test_distance_shape_and_notes_are_figures(found: Comparison) -> None:
    """Each beside what makes it mean something."""
    page = perform(script, found=found)
    distance, shape, notes = page.metric
    assert distance.value == f"{found.moved.mean():.1f}"
    assert distance.delta == f"of {found.norm:.1f}"
    assert "strangers" in shape.delta
    assert notes.value.endswith("%")


def test_what_cannot_be_measured_is_none(found: Comparison) -> None:
    """Drums have no melody, silence has no notes."""
    page = perform(
        script,
        found=replace(found, contour=None, contour_of_strangers=None, notes_ratio=None),
    )
    assert [each.value for each in page.metric][1:] == ["none", "none"]


def test_a_shape_that_is_turned_round_is_not_kept(found: Comparison) -> None:
    """No share is below nothing."""
    page = perform(script, found=replace(found, contour=-0.4))
    assert page.metric[1].value == "0 %"
