"""The curve of a taste that comes to light."""

from __future__ import annotations

import pytest

from midime_engine.plots.taste_curve import Point, figure
from midime_engine.plots.theme import palette

POINTS = [Point(None, None, None), Point(0.6, 0.55, None), Point(0.7, 0.6, 0.4), Point(0.8, 0.7, 1)]


def test_curves_begin_where_something_is_known() -> None:
    """In percent, at the number of the rating."""
    favourites, sure, told = figure(POINTS).data
    assert (list(favourites.x), list(favourites.y)) == ([2, 3, 4], [60, 70, 80])
    assert list(sure.x) == [2, 3, 4]
    assert list(sure.y) == pytest.approx([55, 60, 70])
    assert (list(told.x), list(told.y)) == ([3, 4], [40, 100])


def test_what_was_foreseen_is_filled() -> None:
    """The rest is open."""
    told = figure(POINTS).data[2]
    assert list(told.marker.symbol) == ["circle-open", "circle"]


def test_the_axis_goes_as_far_as_is_usual_and_further() -> None:
    """So that one sees how far there is to go."""
    assert figure(POINTS, enough=20).layout.xaxis.range[1] == 20.5
    assert figure(POINTS * 8, enough=20).layout.xaxis.range[1] == 32.5


@pytest.mark.parametrize("points", [[], POINTS[:1]])
def test_before_anything_is_known_it_says_what_to_do(points) -> None:
    """In place of empty axes."""
    drawn = figure(points)
    assert "first like and dislike" in drawn.layout.annotations[0].text
    assert not drawn.layout.xaxis.visible


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_the_colours_of_its_theme(theme) -> None:
    """Lines that can be told from the page."""
    assert figure(POINTS, theme=theme).data[0].line.color == palette(theme).roles["melody"]
