"""How a taste comes to light: what is known after each rating, and which answers were foreseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, empty_note, palette, style

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Point", "figure"]

_HEIGHT: Final = 260
_EVEN: Final = 0.5
"""Above it an answer was expected rather than the other one."""


class Point(NamedTuple):
    """What is known after one rating more; shares in 0..1, None before anything is known."""

    favourites: float | None
    """How likely the pieces are liked that would be chosen now."""

    sure: float | None
    """How sure the next answer is known, on the mean."""

    foretold: float | None
    """How likely this answer was held before it was given."""


def figure(
    points: Sequence[Point], *, enough: int = 20, theme: Theme = "light", height: int = _HEIGHT
) -> go.Figure:
    """Draw ``points``, one for each rating in order.

    Args:
        points: What was known after the first, the second, …
        enough: Ratings after which a taste is mostly clear; the axis goes at least so far.
        theme: Light or dark.
        height: Pixels.
    """
    colours = palette(theme)
    drawn = go.Figure()
    melody, drums = colours.roles["melody"], colours.roles["drums"]
    for name, shares, colour, dash in (
        ("its favourites: will be liked", [each.favourites for each in points], melody, "solid"),
        ("how sure it is of an answer", [each.sure for each in points], drums, "dash"),
    ):
        known = [(i, share) for i, share in enumerate(shares, 1) if share is not None]
        drawn.add_trace(
            go.Scatter(
                name=name,
                x=[i for i, _ in known],
                y=[100.0 * share for _, share in known],
                mode="lines" if len(known) > 1 else "lines+markers",
                line={"color": colour, "width": 2.5, "dash": dash},
                hovertemplate="%{y:.0f} %",
            )
        )
    told = [(i, each.foretold) for i, each in enumerate(points, 1) if each.foretold is not None]
    drawn.add_trace(
        go.Scatter(
            name="your answers, as it expected them",
            x=[i for i, _ in told],
            y=[100.0 * chance for _, chance in told],
            mode="markers",
            marker={
                "size": 9,
                "color": colours.roles["bass"],
                "line": {"color": colours.roles["bass"], "width": 1.5},
                "symbol": ["circle" if chance > _EVEN else "circle-open" for _, chance in told],
            },
            hovertemplate="expected by %{y:.0f} %",
        )
    )
    style(drawn, colours, height=height, title=None)
    drawn.update_layout(hovermode="x unified", uirevision="taste")
    drawn.update_xaxes(
        range=[0.5, max(enough, len(points)) + 0.5], title_text="ratings", showgrid=False, nticks=8
    )
    drawn.update_yaxes(
        range=[0, 104], ticksuffix=" %", gridcolor=colours.beat_line, fixedrange=True, nticks=6
    )
    if not any(each.favourites is not None for each in points):
        drawn.update_layout(yaxis={"visible": False}, xaxis={"visible": False}, showlegend=False)
        empty_note(drawn, colours, "The curve appears with the first like and dislike.")
    return drawn
