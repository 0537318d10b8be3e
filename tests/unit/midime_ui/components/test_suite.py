"""Several variations in a row, made when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui import resources
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.state import Personal, Study


def test_nothing_is_made_before_it_is_unfolded(study: Study, personal: Personal) -> None:
    """The page opens faster."""

    def script(study: Study, personal: Personal) -> None:
        from midime_ui.components import suite
        from midime_ui.components.sliders import Position

        suite.show(study, personal, Position((0.0, 0.0, 0.0), None, 3))

    page = perform(script, study=study, personal=personal)
    assert not page.get("audio")


def test_each_variation_begins_on_a_bar_line(study: Study, personal: Personal) -> None:
    """Four of two bars make eight bars, and the same seed makes the same piece."""
    piece = resources.suite(study, personal, n=4, temperature=None, seed=3)
    again = resources.suite(study, personal, n=4, temperature=None, seed=3)
    assert piece.total_quantized_steps == 4 * 32
    assert piece == again
