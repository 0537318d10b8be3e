"""How well many pieces keep a rule: a histogram of what it measures, and the line to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, empty_note, palette, style

if TYPE_CHECKING:
    import numpy.typing as npt

    Values = npt.NDArray[np.floating[Any]]

__all__ = ["N_BINS", "counted", "figure"]

N_BINS: Final = 20
"""Five percent each: coarse enough for a few hundred pieces."""

_HEIGHT: Final = 170


def counted(values: Values) -> npt.NDArray[np.int64]:
    """How many of ``values`` in 0..1 fall into each of :data:`N_BINS`; 1 is in the last."""
    places = np.clip((np.asarray(values) * N_BINS + 1e-9).astype(np.int64), 0, N_BINS - 1)
    return np.bincount(places, minlength=N_BINS)


def figure(
    values: Values,
    kept: npt.NDArray[np.bool_],
    *,
    enough: float,
    is_upper_limit: bool = False,
    after: Values | None = None,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw ``values``, what a rule measures of ``n`` pieces.

    Args:
        values: In 0..1, ``[n]``.
        kept: Which of them keep the rule, ``[n]``; the others are grey.
        enough: Where the line is.
        is_upper_limit: Whether what is wished lies to the left of it.
        after: The same pieces after they were changed, drawn as an outline.
        theme: Light or dark.
        height: Pixels.

    Raises:
        ValueError: ``kept`` is not one for each value.
    """
    if len(kept) != len(values):
        raise ValueError(f"kept has {len(kept)} values for {len(values)} pieces.")
    colours = palette(theme)
    drawn = go.Figure()
    width = 100.0 / N_BINS
    middles = (np.arange(N_BINS) + 0.5) * width
    groups = (
        ("keep it", counted(values[kept]), colours.roles["melody"], 1.0),
        ("do not", counted(values[~kept]), colours.muted, 0.55),
    )
    n = max(len(values), 1)
    for name, counts, colour, opacity in groups:
        drawn.add_trace(
            go.Bar(
                name=name,
                x=middles,
                y=100.0 * counts / n,
                width=0.9 * width,
                marker={"color": colour, "opacity": opacity, "line": {"width": 0}},
                hovertemplate="%{y:.0f} % of the pieces<extra>%{fullData.name}</extra>",
            )
        )
    if after is not None:
        edges = np.repeat(np.arange(N_BINS + 1) * width, 2)[1:-1]
        drawn.add_trace(
            go.Scatter(
                name="after",
                x=edges,
                y=np.repeat(100.0 * counted(after) / max(len(after), 1), 2),
                mode="lines",
                line={"color": colours.text, "width": 2},
                hoverinfo="skip",
            )
        )
    style(drawn, colours, height=height, title=None)
    drawn.update_layout(barmode="stack", bargap=0, showlegend=after is not None)
    drawn.update_xaxes(
        range=[0, 101],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0", "25", "50", "75", "100 %"],
        fixedrange=True,
    )
    drawn.update_yaxes(
        ticksuffix=" %", gridcolor=colours.beat_line, fixedrange=True, nticks=4, rangemode="tozero"
    )
    line = min(max(100.0 * enough, 0.4), 99.6)
    drawn.add_vline(line, line={"color": colours.accent, "width": 2, "dash": "dash"})
    drawn.add_annotation(
        text="at most" if is_upper_limit else "at least",
        x=line,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if line > 50 else "left",  # noqa: PLR2004 - half of 100 percent
        showarrow=False,
        font={"size": 12, "color": colours.accent},
    )
    drawn.update_layout(margin={"t": 22, "r": 28})
    if not len(values):
        empty_note(drawn, colours, "Nothing has been played yet.")
    return drawn
