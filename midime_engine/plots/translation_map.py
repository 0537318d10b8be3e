"""The map of a translation: music of two models in the space that they share.

Answers carry ``["answer", index]`` in their ``customdata``, so that a page knows what was clicked.
As on the latent map, ``click_count`` has a second click on the same point be heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Palette, Theme, axis, layout, palette, plain, with_alpha

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Points = npt.NDArray[np.floating[Any]]

__all__ = ["figure"]

_HEIGHT: Final = 420
_FAR: Final = 2.5
"""Per cent of the points on either side that may lie outside the window: a single stray one would
press all others together."""

_MARGIN: Final = 0.08


def figure(
    clouds: tuple[Points, Points],
    *,
    names: tuple[str, str],
    source: Points,
    side: int,
    answers: Points,
    chosen: int,
    labels: Sequence[str] | None = None,
    click_count: int = 0,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw what both models play, the source, and its answers.

    Args:
        clouds: Music of each side, ``[n, 2]``.
        names: What the sides are called.
        source: ``[2]``.
        side: Which side the source is of.
        answers: ``[m, 2]``, of the other side.
        chosen: Which of them is the pair of the source.
        labels: What each answer is, on hover; None numbers them.
        click_count: Changes the figure without changing the picture.
        theme: Light or dark.
        height: Pixels.

    Raises:
        ValueError: ``chosen`` is none of the answers.
    """
    if not 0 <= chosen < len(answers):
        raise ValueError(f"There are {len(answers)} answers; number {chosen} is none of them.")
    colours = palette(theme)
    sides = (colours.roles["melody"], colours.roles["drums"])
    here = np.asarray(source, np.float64)
    there = np.asarray(answers, np.float64)
    shown = [f"answer {i + 1}" for i in range(len(there))] if labels is None else list(labels)
    traces = [
        _cloud(np.asarray(cloud, np.float64), name, colour, symbol)
        for cloud, name, colour, symbol in zip(
            clouds, names, sides, ("circle", "square"), strict=True
        )
    ]
    traces += [
        _tie(here, there[chosen], colours),
        _mark("the source", here, sides[side], colours),
        _answers(there, shown, sides[1 - side], chosen, colours),
    ]
    marked = np.concatenate([here[None], there])
    whole = np.concatenate([np.asarray(cloud, np.float64) for cloud in clouds])
    blank = {
        **axis(colours),
        "showticklabels": False,
        "ticks": "",
        "gridcolor": colours.beat_line,
        "showline": False,
        "zeroline": False,
        "nticks": 8,
    }
    look = {
        **layout(colours, height=height, title=None),
        "showlegend": True,
        "hovermode": "closest",
        "clickmode": "event+select",
        "dragmode": "pan",
        "meta": {"click_count": click_count},
        "uirevision": "translation map",
        "xaxis": {**blank, "range": _range(whole[:, 0], marked[:, 0])},
        "yaxis": {**blank, "range": _range(whole[:, 1], marked[:, 1])},
    }
    return go.Figure(data=traces, layout=look)


def _range(cloud: npt.NDArray[np.float64], marked: npt.NDArray[np.float64]) -> list[float]:
    low, high = np.percentile(cloud, [_FAR, 100 - _FAR]).tolist() if len(cloud) else (-1.0, 1.0)
    low, high = min(low, float(marked.min())), max(high, float(marked.max()))
    margin = _MARGIN * (high - low) or 1.0
    return [low - margin, high + margin]


def _cloud(points: npt.NDArray[np.float64], name: str, colour: str, symbol: str) -> Any:
    return go.Scatter(
        name=plain(name),
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"color": with_alpha(colour, 0.35), "size": 7, "symbol": symbol},
        hovertemplate=f"{plain(name)}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _tie(here: npt.NDArray[np.float64], there: npt.NDArray[np.float64], colours: Palette) -> Any:
    return go.Scatter(
        name="the pair",
        x=[here[0], there[0]],
        y=[here[1], there[1]],
        mode="lines",
        line={"color": colours.accent, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )


def _mark(name: str, point: npt.NDArray[np.float64], colour: str, colours: Palette) -> Any:
    return go.Scatter(
        name=name,
        x=[point[0]],
        y=[point[1]],
        mode="markers",
        marker={
            "color": colour,
            "size": 17,
            "symbol": "star",
            "line": {"color": colours.accent, "width": 2},
        },
        hovertemplate=f"{name}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _answers(
    points: npt.NDArray[np.float64],
    labels: Sequence[str],
    colour: str,
    chosen: int,
    colours: Palette,
) -> Any:
    rims = [colours.accent if i == chosen else colours.page for i in range(len(points))]
    return go.Scatter(
        name="answers",
        x=points[:, 0],
        y=points[:, 1],
        mode="markers+text",
        text=[str(i + 1) for i in range(len(points))],
        textposition="top center",
        textfont={"color": colours.text, "size": 12},
        marker={
            "color": colour,
            "size": [17 if i == chosen else 13 for i in range(len(points))],
            "symbol": "diamond",
            "line": {"color": rims, "width": 2},
        },
        customdata=[["answer", i] for i in range(len(points))],
        hovertext=[plain(label) for label in labels],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}, "textfont": {"color": colours.text}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.text}},
    )
