"""A figure as a web page needs nothing but a browser."""

from __future__ import annotations

import re

import pytest

from midime_engine.midime.training import TrainingStep
from midime_engine.plots import loss_curve, page
from midime_engine.plots.theme import palette


@pytest.fixture(scope="module")
def figure():
    """A loss curve."""
    return loss_curve.figure([TrainingStep(i, 9.0 / i, 8.0 / i, 0.1) for i in range(1, 20)])


def test_a_page_needs_no_network(figure) -> None:
    """Plotly is in it; nothing is loaded from anywhere."""
    made = page.to_html(figure, title="Curve")
    assert len(made) > 1_000_000
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)\s*=", made)


def test_the_names_of_songs_are_text(figure) -> None:
    """Whatever is in them."""
    made = page.to_html(figure, title="</title><script>alert(1)</script>")
    assert "<script>alert" not in made
    assert made.count("&lt;script&gt;alert(1)") == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_the_colours_of_its_figure(figure, theme) -> None:
    """Behind the figure as well, so that its picture can be seen on any paper."""
    made = page.to_html(figure, title="Curve", theme=theme)
    colour = palette(theme).page
    assert f"background: {colour}" in made
    assert f'"paper_bgcolor":"{colour}"' in made
    assert figure.layout.paper_bgcolor != colour


def test_the_camera_makes_a_sharp_picture_with_a_name(figure) -> None:
    """And it is always to be seen."""
    made = page.to_html(figure, title="Curve", name="midime-training")
    assert '"filename": "midime-training"' in made
    assert '"scale": 2' in made
    assert '"displayModeBar": true' in made
