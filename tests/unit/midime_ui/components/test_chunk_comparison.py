"""A piece and what the model makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui.components.chunk_comparison import describe
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.state import Study


@pytest.mark.parametrize(
    ("accuracy", "text"),
    [(1.0, "All 32 steps are the same."), (0.75, "24 of 32 steps are the same (75 %).")],
)
def test_an_accuracy_is_said_in_steps(accuracy: float, text: str) -> None:
    """That is what can be counted."""
    assert describe(accuracy, 32) == text


def test_both_can_be_played(study: Study) -> None:
    """Side by side."""

    def script(study: Study) -> None:
        from midime_ui import resources
        from midime_ui.components import chunk_comparison

        chunk_comparison.show(study, resources.rebuilt(study), 1)

    page = perform(script, study=study)
    assert len(page.get("audio")) == 2
    assert "bars 3 to 4" in words(page)
