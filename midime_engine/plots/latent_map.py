"""The latent map: chunks of a song, and samples, as points of a plane.

Points that are close sound alike, as far as two dimensions can show it. Each point carries
``[kind, index]`` in its ``customdata``, kind being ``"chunk"`` or ``"sample"``, so that a page
knows what was clicked.

Plotly forgets a selection when the figure changes, and tells nothing when the same point is
clicked again. So hand in ``click_count``: every click then gives another figure, and the next
click on the same point is heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Palette, Theme, empty_note, palette, plain, style, with_alpha

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Points = npt.NDArray[np.floating[Any]]

__all__ = ["PointKind", "figure"]

PointKind = Literal["chunk", "sample"]

_HEIGHT: Final = 420
_MAX_NUMBERED: Final = 40
"""Above so many chunks, numbers beside the points cover each other."""

_MAX_SVG: Final = 1000
"""Above so many points, the graphics card draws them."""

_MARGIN: Final = 0.12
"""Share of the spread left free around the points."""


def figure(
    chunk_points: Points,
    *,
    sample_points: Points | None = None,
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
        sample_points: ``[m, 2]`` in the same plane, drawn as diamonds.
        labels: What each chunk is, on hover; None numbers them.
        sample_labels: The same for samples.
        selected: Kind and index of the point to put a ring around.
        click_count: Changes the figure without changing the picture, see above.
        theme: Light or dark.
        height: Pixels.

    Raises:
        ValueError: Points are not ``[n, 2]``, or labels are not one for each point.
    """
    colours = palette(theme)
    chunks = _checked(chunk_points, labels)
    samples = _checked(np.zeros((0, 2)) if sample_points is None else sample_points, sample_labels)
    drawn = go.Figure()
    is_large = len(chunks) + len(samples) > _MAX_SVG
    scatter = go.Scattergl if is_large else go.Scatter
    drawn.add_trace(_path(chunks, colours, scatter))
    drawn.add_trace(_chunks(chunks, labels, colours, scatter))
    if len(samples):
        drawn.add_trace(_samples(samples, sample_labels, colours, scatter))
    if selected is not None:
        kind, index = selected
        chosen = chunks if kind == "chunk" else samples
        if 0 <= index < len(chosen):
            drawn.add_trace(_ring(chosen[index], colours, scatter))
    style(drawn, colours, height=height, title=None)
    drawn.update_layout(
        showlegend=len(samples) > 0,
        hovermode="closest",
        clickmode="event+select",
        dragmode="pan",
        meta={"click_count": click_count},
        uirevision="latent map",
    )
    axis = {
        "showticklabels": False,
        "ticks": "",
        "gridcolor": colours.beat_line,
        "showline": False,
    }
    points = np.concatenate([chunks, samples])
    drawn.update_xaxes(axis, range=_range(points[:, 0]), nticks=8)
    drawn.update_yaxes(axis, range=_range(points[:, 1]), nticks=8)
    if not len(points):
        empty_note(drawn, colours, "There are no chunks to show.")
    return drawn


def _checked(points: Points, labels: Sequence[str] | None) -> npt.NDArray[np.float64]:
    checked = np.asarray(points, dtype=np.float64)
    if checked.ndim != 2 or checked.shape[1] != 2:  # noqa: PLR2004 - a plane
        raise ValueError(f"Points must be [n, 2]; got {checked.shape}.")
    if labels is not None and len(labels) != len(checked):
        raise ValueError(f"{len(labels)} labels were given for {len(checked)} points.")
    return checked


def _range(values: npt.NDArray[np.float64]) -> list[float]:
    if not len(values):
        return [-1.0, 1.0]
    low, high = float(np.min(values)), float(np.max(values))
    margin = _MARGIN * (high - low) or 1.0
    return [low - margin, high + margin]


def _path(points: npt.NDArray[np.float64], colours: Palette, scatter: Any) -> Any:
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
    labels: Sequence[str] | None,
    colours: Palette,
    scatter: Any,
) -> Any:
    is_numbered = 0 < len(points) <= _MAX_NUMBERED
    return scatter(
        name="your song",
        x=points[:, 0],
        y=points[:, 1],
        mode="markers+text" if is_numbered else "markers",
        text=[str(i + 1) for i in range(len(points))] if is_numbered else None,
        textposition="top center",
        textfont={"color": colours.muted, "size": 11},
        marker={
            "color": colours.roles["melody"],
            "size": 12,
            "line": {"color": colours.page, "width": 1},
        },
        **_identity("chunk", len(points), labels),
    )


def _samples(
    points: npt.NDArray[np.float64],
    labels: Sequence[str] | None,
    colours: Palette,
    scatter: Any,
) -> Any:
    return scatter(
        name="new samples",
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={
            "color": colours.roles["bass"],
            "size": 12,
            "symbol": "diamond",
            "line": {"color": colours.page, "width": 1},
        },
        **_identity("sample", len(points), labels),
    )


def _identity(kind: PointKind, n: int, labels: Sequence[str] | None) -> dict[str, Any]:
    """Say what each point is, to the page and to the viewer; a selection must not fade others."""
    shown = labels if labels is not None else [f"{kind} {i + 1}" for i in range(n)]
    return {
        "customdata": [[kind, i] for i in range(n)],
        "hovertext": [plain(label) for label in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
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
