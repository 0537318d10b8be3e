"""What a pen drew: lines on square sheets of paper, one sheet or many side by side.

All sheets of a figure are one set of axes and all strokes one line with gaps in it, so that dozens
of drawings are drawn as quickly as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, axis, layout, palette, plain, with_alpha

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Strokes = Sequence[npt.NDArray[np.floating[Any]]]

__all__ = ["figure"]

_SHEET: Final = 0.94
"""Side of a sheet, as a share of its place in the grid."""

_CAPTION: Final = 0.16
"""Room for a caption under a sheet, as a share of the sheet's place."""

_THIN_BELOW: Final = 120
"""Pixels of a sheet below which lines are thinner."""


def figure(
    drawings: Sequence[Strokes],
    *,
    columns: int = 0,
    captions: Sequence[str] | None = None,
    marked: Sequence[int] = (),
    theme: Theme = "light",
    side: int = 150,
) -> go.Figure:
    """Draw each of ``drawings``: strokes ``[k, 2]`` in sides of the paper, (0, 0) its middle.

    Args:
        drawings: From left to right, from top to bottom.
        columns: Sheets side by side; 0 puts all into one row.
        captions: A few words under each.
        marked: Numbers of the sheets that are framed.
        theme: Light or dark.
        side: Pixels of a sheet.

    Raises:
        ValueError: There is nothing to draw, or another number of captions.
    """
    n = len(drawings)
    if not n or (captions is not None and len(captions) != n):
        raise ValueError(f"{n} drawings and {captions!r} do not fit together.")
    colours = palette(theme)
    columns = columns or n
    rows = -(-n // columns)
    pitch = 1.0 + (_CAPTION if captions else 0.0)
    centres = np.stack([np.arange(n) % columns, -pitch * (np.arange(n) // columns)], axis=1)
    x, y = _line(drawings, centres)
    drawn = go.Figure(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": colours.text, "width": 2.2 if side >= _THIN_BELOW else 1.5},
            hoverinfo="skip",
        ),
        layout=layout(colours, height=round(rows * pitch * side) + 8, title=None),
    )
    fixed = {"visible": False, "fixedrange": True}
    bottom = float(centres[-1, 1]) - pitch + 0.5
    drawn.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 8},
        showlegend=False,
        xaxis=axis(colours) | fixed | {"range": [-0.5, columns - 0.5], "constrain": "domain"},
        yaxis=axis(colours) | fixed | {"range": [bottom, 0.5], "scaleanchor": "x"},
        shapes=[_sheet(centre, i in marked, colours) for i, centre in enumerate(centres.tolist())],
        annotations=[
            {
                "text": plain(caption),
                "x": centre[0],
                "y": centre[1] - 0.5,
                "yanchor": "top",
                "showarrow": False,
                "font": {"size": 13, "color": colours.muted},
            }
            for caption, centre in zip(captions or (), centres.tolist(), strict=False)
        ],
    )
    return drawn


def _line(
    drawings: Sequence[Strokes], centres: npt.NDArray[np.floating[Any]]
) -> tuple[npt.NDArray[np.floating[Any]], npt.NDArray[np.floating[Any]]]:
    """All strokes in their places, a gap after each."""
    gap = np.full((1, 2), np.nan)
    pieces = []
    for strokes, centre in zip(drawings, centres, strict=True):
        for stroke in strokes:
            # A line that leaves the sheet ends at its edge, not among its neighbours.
            inside = np.clip(np.asarray(stroke, np.float64), -_SHEET / 2, _SHEET / 2)
            pieces += [inside + centre, gap]
    both = np.concatenate(pieces) if pieces else gap
    return both[:, 0], both[:, 1]


def _sheet(centre: list[float], is_marked: bool, colours: Any) -> dict[str, Any]:  # noqa: FBT001
    half = _SHEET / 2
    return {
        "type": "rect",
        "x0": centre[0] - half,
        "x1": centre[0] + half,
        "y0": centre[1] - half,
        "y1": centre[1] + half,
        "line": {"color": colours.accent if is_marked else colours.beat_line, "width": 2},
        "fillcolor": with_alpha(colours.black_key, 0.6),
        "layer": "below",
    }
