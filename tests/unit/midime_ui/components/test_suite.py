"""Several variations in a row, made when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui import resources
from midime_ui.components.suite import n_variations
from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.state import Personal, Study


@pytest.mark.parametrize(
    ("n_bars", "n"), [(1, 8), (2, 8), (4, 8), (8, 4), (16, 2), (32, 2), (64, 2)]
)
def test_a_row_is_about_as_long_whatever_its_pieces(n_bars: int, n: int) -> None:
    """Two of sixteen bars last as long as eight of four; one alone is no row."""
    assert n_variations(n_bars) == n


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
