"""The latent map: chunks of songs, and samples, as points of a plane.

Points that are close sound alike, as far as two dimensions can show it. Each point carries
``[kind, index]`` in its ``customdata``, kind being ``"chunk"``, ``"sample"``, ``"place"`` or
``"here"`` (where the sliders stand), so that a page knows what was clicked. Plotly reports clicks
on points only, so a map on which any place may be clicked (``places``) has a net of invisible
ones.

Plotly forgets a selection when the figure changes, and tells nothing when the same point is
clicked again. So hand in ``click_count``: every click then gives another figure, and the next
click on the same point is heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import (
    Palette,
    Theme,
    axis,
    empty_note,
    layout,
    palette,
    plain,
    with_alpha,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.latent.likelihood import Terrain

    Points = npt.NDArray[np.floating[Any]]

__all__ = ["PointKind", "figure"]

PointKind = Literal["chunk", "sample", "place", "here"]

_HEIGHT: Final = 420
_MAX_NUMBERED: Final = 40
"""Above so many chunks, numbers beside the points cover each other."""

_MAX_SVG: Final = 1000
"""Above so many points, the graphics card draws them."""

_MARGIN: Final = 0.12
"""Share of the spread left free around the points."""

_LIKELY: Final = ((0.5, 0.20), (0.8, 0.12), (0.95, 0.07))
"""Shares of all that the model may play, and how dark the region is shaded that holds each."""

_SYMBOLS: Final = ("circle", "square", "triangle-up", "cross", "pentagon", "star-triangle-down")
"""Songs are told apart by shape as well; diamonds are samples."""


def figure(
    chunk_points: Points,
    *,
    songs: Sequence[str] | None = None,
    sample_points: Points | None = None,
    samples_name: str = "new samples",
    terrain: Terrain | None = None,
    places: Points | None = None,
    path: Points | None = None,
    position: Points | None = None,
    labels: Sequence[str] | None = None,
    sample_labels: Sequence[str] | None = None,
    selected: tuple[PointKind, int] | None = None,
    click_count: int = 0,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw chunks, and samples if there are any, on one map.

    Args:
        chunk_points: ``[n, 2]``, in the order of the song, which a thin line follows.
        songs: The song of each chunk. Several songs have a colour, a line and a place in the
            legend each; None takes all for one.
        sample_points: ``[m, 2]`` in the same plane, drawn as diamonds.
        samples_name: What the legend calls them.
        terrain: The region that a model considers likely, shaded; it also sets the window.
        places: ``[k, 2]``, invisible points between all others that can be clicked.
        path: ``[j, 2]``, a way that is drawn with an arrow at its end.
        position: ``[2]``, where the sliders stand.
        labels: What each chunk is, on hover; None numbers them.
        sample_labels: The same for samples.
        selected: Kind and index of the point to put a ring around.
        click_count: Changes the figure without changing the picture, see above.
        theme: Light or dark.
        height: Pixels.

    Raises:
        ValueError: Points are not ``[n, 2]``, or labels or songs are not one for each point.
    """
    colours = palette(theme)
    chunks = _checked(chunk_points, labels)
    samples = _checked(np.zeros((0, 2)) if sample_points is None else sample_points, sample_labels)
    net = _checked(np.zeros((0, 2)) if places is None else places, None)
    traces: list[Any] = []
    is_large = len(chunks) + len(samples) + len(net) > _MAX_SVG
    scatter = go.Scattergl if is_large else go.Scatter
    if terrain is not None:
        _draw_terrain(traces, terrain, colours)
    if len(net):
        traces.append(_net(net, scatter))
    n_songs = _draw_songs(
        traces, chunks, labels=labels, songs=songs, colours=colours, scatter=scatter
    )
    if path is not None:
        traces.append(_way(_checked(path, None), colours))
    if len(samples):
        traces.append(_samples(samples, samples_name, sample_labels, colours, scatter))
    if position is not None:
        traces.append(_standing(np.asarray(position, np.float64), colours))
    if selected is not None:
        kind, index = selected
        here = np.zeros((0, 2)) if position is None else np.asarray(position, np.float64)[None]
        chosen = {"chunk": chunks, "sample": samples, "place": net, "here": here}[kind]
        if 0 <= index < len(chosen):
            traces.append(_ring(chosen[index], colours, scatter))
    points = np.concatenate([chunks, samples])
    window = (points[:, 0], points[:, 1]) if terrain is None else (terrain.x, terrain.y)
    margin = _MARGIN if terrain is None else 0.0
    plain_axis = {
        **axis(colours),
        "showticklabels": False,
        "ticks": "",
        "gridcolor": colours.beat_line,
        "showline": False,
        "nticks": 8,
    }
    look = {
        **layout(colours, height=height, title=None),
        "showlegend": bool(len(samples)) or n_songs > 1 or terrain is not None,
        "hovermode": "closest",
        # Wherever the finger is, the nearest point is meant.
        "hoverdistance": -1 if len(net) else 20,
        "clickmode": "event+select",
        "dragmode": "pan",
        "meta": {"click_count": click_count},
        "uirevision": "latent map",
        "xaxis": {**plain_axis, "range": _range(window[0], margin)},
        "yaxis": {**plain_axis, "range": _range(window[1], margin)},
    }
    drawn = go.Figure(data=traces, layout=look)
    if not len(points) and terrain is None:
        empty_note(drawn, colours, "There are no pieces to show.")
    return drawn


def _checked(points: Points, labels: Sequence[str] | None) -> npt.NDArray[np.float64]:
    checked = np.asarray(points, dtype=np.float64)
    if checked.ndim != 2 or checked.shape[1] != 2:  # noqa: PLR2004 - a plane
        raise ValueError(f"Points must be [n, 2]; got {checked.shape}.")
    if labels is not None and len(labels) != len(checked):
        raise ValueError(f"{len(labels)} labels were given for {len(checked)} points.")
    return checked


def _range(values: npt.NDArray[np.float64], share: float) -> list[float]:
    if not len(values):
        return [-1.0, 1.0]
    low, high = float(np.min(values)), float(np.max(values))
    margin = share * (high - low) or (0.0 if high > low else 1.0)
    return [low - margin, high + margin]


def _draw_terrain(traces: list[Any], terrain: Terrain, colours: Palette) -> None:
    """Three regions, one in another, the likeliest the darkest, and what the legend says of them.

    Levels are equally far apart for Plotly, so mass is told in regions: 1 at the rim of the last.
    It lays each region over the ones around it, so shades add up. Regions filled one by one (its
    "constraint") come out inside out where the window cuts them.
    """
    rims = [0.0, *(most for most, _ in _LIKELY), 1.0]
    n = len(_LIKELY)
    alphas = [0.0, *(alpha for _, alpha in reversed(_LIKELY))]
    shades = [with_alpha(colours.roles["melody"], alpha) for alpha in alphas]
    traces.append(
        go.Contour(
            name="likely",
            x=terrain.x,
            y=terrain.y,
            z=np.interp(terrain.mass, rims, np.arange(n + 2)[::-1]),
            contours={"coloring": "fill", "start": 1, "end": n, "size": 1},
            zmin=0.5,
            zmax=n + 0.5,
            colorscale=[[i / n, shade] for i, shade in enumerate(shades)],
            line={"width": 1, "color": with_alpha(colours.roles["melody"], 0.25)},
            hoverinfo="skip",
            showscale=False,
        )
    )
    traces.append(
        go.Scatter(
            name="likely",
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 14, "color": shades[-1]},
            hoverinfo="skip",
        )
    )


def _net(points: npt.NDArray[np.float64], scatter: Any) -> Any:
    return scatter(
        name="anywhere",
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"size": 8, "opacity": 0},
        customdata=[["place", i] for i in range(len(points))],
        hoverinfo="none",  # Not "skip", which would make it deaf to clicks.
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        showlegend=False,
    )


def _draw_songs(
    traces: list[Any],
    points: npt.NDArray[np.float64],
    *,
    labels: Sequence[str] | None,
    songs: Sequence[str] | None,
    colours: Palette,
    scatter: Any,
) -> int:
    """Draw the chunks of each song with their order; return how many songs there are."""
    if songs is not None and len(songs) != len(points):
        raise ValueError(f"{len(songs)} songs were given for {len(points)} points.")
    names = list(dict.fromkeys(songs or ()))
    several = len(names) > 1
    shades = [*colours.roles.values(), *colours.others]
    everything = np.arange(len(points))
    for place, name in enumerate(names if several else ["your song"]):
        mine = everything
        if songs is not None and several:
            mine = np.array([i for i, song in enumerate(songs) if song == name])
        traces.append(_order(points[mine], colours, scatter))
        trace = _chunks(points, mine, labels, colours, scatter)
        trace.name = plain(name)
        trace.marker.color = shades[place % len(shades)]
        if several:
            trace.marker.symbol = _SYMBOLS[place % len(_SYMBOLS)]
        trace.showlegend = bool(len(mine))
        traces.append(trace)
    return len(names)


def _order(points: npt.NDArray[np.float64], colours: Palette, scatter: Any) -> Any:
    return scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="lines",
        line={"color": with_alpha(colours.muted, 0.35), "width": 1},
        hoverinfo="skip",
        showlegend=False,
        name="order",
    )


def _chunks(
    points: npt.NDArray[np.float64],
    mine: npt.NDArray[np.int64],
    labels: Sequence[str] | None,
    colours: Palette,
    scatter: Any,
) -> Any:
    is_numbered = 0 < len(points) <= _MAX_NUMBERED
    return scatter(
        x=points[mine, 0],
        y=points[mine, 1],
        mode="markers+text" if is_numbered else "markers",
        text=[str(i + 1) for i in mine] if is_numbered else None,
        textposition="top center",
        textfont={"color": colours.muted, "size": 11},
        marker={"size": 12, "line": {"color": colours.page, "width": 1}},
        **_identity("chunk", mine.tolist(), labels, text=colours.muted),
    )


def _way(points: npt.NDArray[np.float64], colours: Palette) -> Any:
    last = len(points) - 1
    return go.Scatter(
        name="the way",
        x=points[:, 0],
        y=points[:, 1],
        mode="lines+markers",
        line={"color": colours.accent, "width": 2},
        marker={
            "color": colours.accent,
            "size": [14 if i == last else 6 for i in range(len(points))],
            "symbol": ["arrow" if i == last else "circle" for i in range(len(points))],
            "angleref": "previous",
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _standing(point: npt.NDArray[np.float64], colours: Palette) -> Any:
    return go.Scatter(
        name="you are here",
        x=[point[0]],
        y=[point[1]],
        mode="markers",
        marker={
            "color": colours.accent,
            "size": 13,
            "symbol": "x",
            "line": {"color": colours.page, "width": 1},
        },
        customdata=[["here", 0]],
        hovertemplate="you are here<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _samples(
    points: npt.NDArray[np.float64],
    name: str,
    labels: Sequence[str] | None,
    colours: Palette,
    scatter: Any,
) -> Any:
    return scatter(
        name=plain(name),
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={
            "color": colours.roles["bass"],
            "size": 12,
            "symbol": "diamond",
            "line": {"color": colours.page, "width": 1},
        },
        **_identity("sample", list(range(len(points))), labels, text=colours.muted),
    )


def _identity(
    kind: PointKind, indices: Sequence[int], labels: Sequence[str] | None, *, text: str
) -> dict[str, Any]:
    """Say what each point is, to the page and to the viewer; a selection must not fade others."""
    shown = [f"{kind} {i + 1}" if labels is None else labels[i] for i in indices]
    return {
        "customdata": [[kind, i] for i in indices],
        "hovertext": [plain(label) for label in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
    }


def _ring(point: npt.NDArray[np.float64], colours: Palette, scatter: Any) -> Any:
    return scatter(
        name="selected",
        x=[point[0]],
        y=[point[1]],
        mode="markers",
        marker={
            "color": "rgba(0,0,0,0)",
            "size": 22,
            "line": {"color": colours.accent, "width": 3},
        },
        hoverinfo="skip",
        showlegend=False,
    )
