"""A piece and what the model makes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from midime_ui.components.chunk_comparison import describe
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


@pytest.mark.parametrize(
    ("accuracy", "text"),
    [
        ({"melody": 1.0}, "All 32 steps are the same."),
        ({"melody": 0.75}, "24 of 32 steps are the same (75 %)."),
        ({"melody": 1.0, "bass": 1.0}, "All 32 steps are the same."),
        (
            {"melody": 1.0, "drums": 0.5},
            "The same as in the original: melody 100 %, drums 50 % of 32 steps.",
        ),
    ],
)
def test_an_accuracy_is_said_in_steps(accuracy: dict, text: str) -> None:
    """That is what can be counted; each of several parts for itself."""
    assert describe(accuracy, 32) == text


def test_both_can_be_played(study: Study) -> None:
    """Side by side."""

    def script(study: Study) -> None:
        from midime_ui import rebuilding
        from midime_ui.components import chunk_comparison

        chunk_comparison.show(study, rebuilding.rebuilt(study), 1)

    page = perform(script, study=study)
    assert len(page.get("bidi_component")) == 2
    assert "bars 3 to 4" in words(page)


def test_a_trio_is_compared_part_by_part(trio: Study) -> None:
    """With the bars of the song below both rolls."""

    def script(study: Study) -> None:
        from midime_ui import rebuilding
        from midime_ui.components import chunk_comparison

        chunk_comparison.show(study, rebuilding.rebuilt(study), 2)

    page = perform(script, study=trio)
    assert "bars 9 to 12" in words(page)
    assert "All 64 steps are the same." in words(page)
    rolls = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    for roll in rolls:
        assert [trace["name"] for trace in roll["data"]] == ["melody", "bass", "drums"]
        assert roll["layout"]["xaxis"]["ticktext"][0] == "bar 9"
