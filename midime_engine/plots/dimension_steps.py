"""The values of a latent vector as a skyline: one step for each dimension, the weightiest first.

The web page that introduced MidiMe drew the values of the base model's dimensions like that, and
a personalised point moved them all at once. What has been moved by hand stands out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, palette, style, with_alpha

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["figure"]

_HEIGHT: Final = 170
_LEAST: Final = 2.0
"""Values shown at least on either side of zero: two standard deviations of the prior."""


def figure(
    values: npt.ArrayLike,
    moved: npt.ArrayLike | None = None,
    *,
    shown: range | None = None,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw ``values`` ``[n]``, in the order in which they are given.

    Args:
        values: Of each dimension, as the MidiMe sets it.
        moved: The same after nudges, ``[n]``; None or equal values draw one line only.
        shown: The dimensions that can be moved at the moment, marked in the background.
        theme: Light or dark.
        height: Pixels.

    Raises:
        ValueError: There are no values, or not as many moved ones.
    """
    before = np.asarray(values, np.float64)
    after = before if moved is None else np.asarray(moved, np.float64)
    if before.ndim != 1 or not len(before) or before.shape != after.shape:
        raise ValueError(f"values and moved must be [n]; got {before.shape}, {after.shape}.")
    colours = palette(theme)
    drawn = go.Figure()
    drawn.add_trace(
        go.Scatter(
            name="your MidiMe",
            **_steps(before),
            mode="lines",
            line={"color": colours.roles["melody"], "width": 1.5, "shape": "hv"},
            fill="tozeroy",
            fillcolor=with_alpha(colours.roles["melody"], 0.25),
            hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
        )
    )
    is_moved = not np.array_equal(before, after)
    if is_moved:
        drawn.add_trace(
            go.Scatter(
                name="with your changes",
                **_steps(after),
                mode="lines",
                line={"color": colours.accent, "width": 2, "shape": "hv", "dash": "dot"},
                hovertemplate="%{y:.2f}<extra>%{fullData.name}</extra>",
            )
        )
    style(drawn, colours, height=height, title=None)
    drawn.update_layout(showlegend=is_moved, hovermode="x unified")
    most = max(_LEAST, float(np.max(np.abs(np.concatenate([before, after])))) * 1.1)
    drawn.update_yaxes(
        range=[-most, most],
        fixedrange=True,
        zeroline=True,
        zerolinecolor=colours.bar_line,
        gridcolor=colours.beat_line,
        nticks=5,
    )
    drawn.update_xaxes(range=[0.5, len(before) + 0.5], fixedrange=True, showgrid=False, nticks=8)
    if shown is not None and len(shown):
        drawn.add_vrect(
            x0=shown.start + 0.5,
            x1=min(shown.stop, len(before)) + 0.5,
            fillcolor=with_alpha(colours.accent, 0.10),
            line_width=0,
            layer="below",
        )
    return drawn


def _steps(values: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Each value from half a place before its number to half a place after it."""
    return {"x": np.arange(len(values) + 1) + 0.5, "y": np.append(values, values[-1])}
