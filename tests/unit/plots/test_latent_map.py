"""What the latent map shows."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.latent_map import figure
from midime_engine.plots.theme import palette

CHUNKS = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, 1.0]], np.float32)
SAMPLES = np.array([[0.5, 0.5]], np.float32)


def _trace(drawn, name: str):
    return next(trace for trace in drawn.data if trace.name == name)


def test_a_click_says_which_point_it_was() -> None:
    """Kind and index travel with each point."""
    drawn = figure(CHUNKS, sample_points=SAMPLES)
    assert [list(c) for c in _trace(drawn, "your song").customdata] == [
        ["chunk", 0],
        ["chunk", 1],
        ["chunk", 2],
    ]
    assert [list(c) for c in _trace(drawn, "new samples").customdata] == [["sample", 0]]
    assert "select" in drawn.layout.clickmode


def test_chunks_and_samples_are_told_apart_by_shape() -> None:
    """Not by colour alone."""
    drawn = figure(CHUNKS, sample_points=SAMPLES)
    shapes = [_trace(drawn, name).marker.symbol for name in ("your song", "new samples")]
    assert shapes == [None, "diamond"]
    assert drawn.layout.showlegend is True


def test_every_click_gives_another_figure() -> None:
    """Plotly forgets a selection only when something changes, even the same point again."""
    once, twice = (figure(CHUNKS, selected=("chunk", 1), click_count=n) for n in (1, 2))
    assert once.to_json() != twice.to_json()
    assert once.data == twice.data


def test_the_selected_point_has_a_ring() -> None:
    """In the colour of what is selected, at its place."""
    ring = _trace(figure(CHUNKS, selected=("chunk", 2)), "selected")
    assert (ring.x[0], ring.y[0]) == (3.0, 1.0)
    assert ring.marker.line.color == palette("light").accent


def test_a_point_that_is_gone_is_not_ringed() -> None:
    """After new samples an old selection may point nowhere."""
    names = [trace.name for trace in figure(CHUNKS, selected=("sample", 7)).data]
    assert "selected" not in names


def test_labels_are_shown_on_hover_as_they_are() -> None:
    """Text from a file is no markup."""
    trace = _trace(figure(CHUNKS, labels=["bars 1-2", "<b>x</b>", "bars 5-6"]), "your song")
    assert list(trace.hovertext) == ["bars 1-2", "&lt;b&gt;x&lt;/b&gt;", "bars 5-6"]


def test_few_chunks_are_numbered_and_many_are_not() -> None:
    """Numbers help until they cover each other."""
    assert list(_trace(figure(CHUNKS), "your song").text) == ["1", "2", "3"]
    assert _trace(figure(np.zeros((41, 2))), "your song").text is None


def test_thousands_of_points_are_drawn_by_the_graphics_card() -> None:
    """SVG would stutter."""
    assert {trace.type for trace in figure(np.zeros((1001, 2))).data} == {"scattergl"}
    assert {trace.type for trace in figure(np.zeros((1000, 2))).data} == {"scatter"}


@pytest.mark.parametrize("n", [1, 2])
def test_a_short_song_has_a_map_too(n: int) -> None:
    """Points without a spread have room around them."""
    low, high = figure(np.ones((n, 2))).layout.xaxis.range
    assert low < 1 < high


def test_an_empty_map_says_so() -> None:
    """A sentence instead of nothing."""
    assert "no chunks" in figure(np.zeros((0, 2)), theme="dark").layout.annotations[0].text


@pytest.mark.parametrize("points", [np.zeros(4), np.zeros((4, 3))])
def test_points_lie_in_a_plane(points: np.ndarray) -> None:
    """More dimensions are projected first, by whoever calls."""
    with pytest.raises(ValueError, match=r"\[n, 2\]"):
        figure(points)


def test_there_is_a_label_for_each_point() -> None:
    """Otherwise the wrong one would be shown."""
    with pytest.raises(ValueError, match="1 labels"):
        figure(CHUNKS, labels=["only one"])
