"""What the latent map shows."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.likelihood import terrain
from midime_engine.latent.projection import Pca
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
    assert "no pieces" in figure(np.zeros((0, 2)), theme="dark").layout.annotations[0].text


@pytest.mark.parametrize("points", [np.zeros(4), np.zeros((4, 3))])
def test_points_lie_in_a_plane(points: np.ndarray) -> None:
    """More dimensions are projected first, by whoever calls."""
    with pytest.raises(ValueError, match=r"\[n, 2\]"):
        figure(points)


def test_there_is_a_label_for_each_point() -> None:
    """Otherwise the wrong one would be shown."""
    with pytest.raises(ValueError, match="1 labels"):
        figure(CHUNKS, labels=["only one"])


def test_each_of_several_songs_has_its_colour_shape_and_name() -> None:
    """A click still says which of all chunks it was; one song alone is called yours."""
    drawn = figure(CHUNKS, songs=["a.mid", "<b>.mid", "a.mid"])
    first, second = _trace(drawn, "a.mid"), _trace(drawn, "&lt;b&gt;.mid")
    assert [list(each) for each in first.customdata] == [["chunk", 0], ["chunk", 2]]
    assert list(first.x) == [0.0, 3.0]
    assert first.marker.color != second.marker.color
    assert first.marker.symbol != second.marker.symbol
    assert drawn.layout.showlegend is True
    assert _trace(figure(CHUNKS, songs=["a.mid"] * 3), "your song").customdata[2][1] == 2
    with pytest.raises(ValueError, match="songs"):
        figure(CHUNKS, songs=["a.mid"])


def test_any_place_can_be_clicked() -> None:
    """By invisible points that are not deaf, and lie below all others."""
    drawn = figure(CHUNKS, places=np.array([[0.1, 0.2], [1.0, 1.0]]))
    net = drawn.data[0]
    assert [list(each) for each in net.customdata] == [["place", 0], ["place", 1]]
    assert net.marker.opacity == net.selected.marker.opacity == net.unselected.marker.opacity == 0
    assert net.hoverinfo == "none"
    assert drawn.layout.hoverdistance == -1


def test_the_likely_region_is_shaded_from_the_outside_in() -> None:
    """Rims at 50, 80 and 95 %, the inside darkest; the window is that of the terrain."""
    seen = terrain(Pca.axes(2), None, x_range=(-3.0, 3.0), y_range=(-2.0, 2.0))
    drawn = figure(np.zeros((0, 2)), terrain=seen)
    (region,) = [trace for trace in drawn.data if trace.type == "contour"]
    assert (region.contours.start, region.contours.end, region.contours.size) == (1, 3, 1)
    levels = np.asarray(region.z)
    for rim, most in ((3, 0.5), (2, 0.8), (1, 0.95)):
        np.testing.assert_array_equal(levels > rim, seen.mass < most)
    alphas = [float(colour.rpartition(",")[2].rstrip(")")) for _, colour in region.colorscale]
    assert alphas == sorted(alphas)
    assert alphas[0] == 0.0
    assert [trace.name for trace in drawn.data if trace.type == "scatter"].count("likely") == 1
    assert list(drawn.layout.xaxis.range) == [-3.0, 3.0]
    assert not drawn.layout.annotations, "a map without chunks is not empty"


def test_the_way_and_where_one_stands_are_drawn() -> None:
    """An arrow shows which way it goes; a click on where one stands says so."""
    drawn = figure(CHUNKS, path=np.array([[0, 0], [1, 1]]), position=np.array([1.0, 1.0]))
    way, here = _trace(drawn, "the way"), _trace(drawn, "you are here")
    assert list(way.marker.symbol) == ["circle", "arrow"]
    assert list(here.customdata[0]) == ["here", 0]


def test_clicking_does_not_fade_the_numbers() -> None:
    """Nor the points."""
    trace = _trace(figure(CHUNKS), "your song")
    assert trace.unselected.marker.opacity == 1
    assert trace.unselected.textfont.color == palette("light").muted
