"""Figures follow the scheme, and a click says what was clicked."""

from __future__ import annotations

from midime_ui.components import chart
from tests.support.stage import perform


def test_a_click_on_a_point_says_its_kind_and_index() -> None:
    """What the engine wrote into the point comes back."""
    event = {"selection": {"points": [{"customdata": ["chunk", 7]}]}}
    assert chart.clicked(event) == ("chunk", 7)


def test_a_click_that_selects_nothing_is_no_click() -> None:
    """Nor is one on a point that carries something else."""
    assert chart.clicked({"selection": {"points": []}}) is None
    assert chart.clicked({"selection": {"points": [{"customdata": "x"}, {}]}}) is None


def test_without_a_browser_the_scheme_is_light() -> None:
    """A figure can always be drawn."""

    def script() -> None:
        import plotly.graph_objects as go

        from midime_ui.components import chart

        assert chart.theme() == "light"
        chart.show(go.Figure(), alt="Nothing")
        chart.clickable(go.Figure(), key="map", alt="Nothing", on_click=lambda *_: None)

    assert len(perform(script).get("plotly_chart")) == 2
