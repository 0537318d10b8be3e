"""How something learns to please: shares that should rise, and how far the music had to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, empty_note, palette, style

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Step", "figure"]

_HEIGHT: Final = 300
_DASHES: Final = ("dash", "dot", "dashdot", "longdash", "longdashdot")


class Step(Protocol):
    """What is drawn of one training step."""

    @property
    def iteration(self) -> int:
        """From 1; 0 before the training proper."""
        ...

    @property
    def satisfied(self) -> tuple[float, ...]:
        """Share of the pieces last heard that keep each wish."""
        ...

    @property
    def all_satisfied(self) -> float:
        """Share of them that keep all."""
        ...

    @property
    def moved(self) -> float:
        """How far they were moved, on the mean."""
        ...


def figure(
    steps: Sequence[Step],
    *,
    names: Sequence[str] = (),
    wanted: str | None = None,
    n_iterations: int | None = None,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw ``steps``.

    Args:
        steps: In order. Of those before the training proper, the last one is where it begins.
        names: Of the wishes, in their order; a single wish has no curve of its own.
        wanted: What the pieces shall do, in place of keeping rules.
        n_iterations: How many are planned: the axis then stands still while the curve grows.
        theme: Light or dark.
        height: Pixels.
    """
    colours = palette(theme)
    before = [step for step in steps if step.iteration == 0][-1:]
    shown = [*before, *(step for step in steps if step.iteration > 0)]
    x = [step.iteration for step in shown]
    drawn = go.Figure()
    mode = "lines+markers" if len(shown) == 1 else "lines"
    if len(names) > 1:
        palette_of_wishes = (*colours.roles.values(), *colours.others)
        for number, name in enumerate(names):
            drawn.add_trace(
                go.Scatter(
                    name=name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…",
                    x=x,
                    y=[100.0 * step.satisfied[number] for step in shown],
                    mode=mode,
                    line={
                        "color": palette_of_wishes[number % len(palette_of_wishes)],
                        "width": 1.5,
                        "dash": _DASHES[number % len(_DASHES)],
                    },
                    hovertemplate="%{y:.0f} %",
                )
            )
    drawn.add_trace(
        go.Scatter(
            name=wanted or ("keep all rules" if len(names) > 1 else "keep the rule"),
            x=x,
            y=[100.0 * step.all_satisfied for step in shown],
            mode=mode,
            line={"color": colours.text, "width": 2.5},
            hovertemplate="%{y:.0f} %",
        )
    )
    drawn.add_trace(
        go.Scatter(
            name="how far it moves",
            x=x,
            y=[step.moved for step in shown],
            yaxis="y2",
            mode=mode,
            line={"color": colours.roles["bass"], "width": 2, "dash": "dot"},
            hovertemplate="%{y:.1f}",
        )
    )
    style(drawn, colours, height=height, title=None)
    last = max(n_iterations or 0, x[-1] if x else 1, 2)
    drawn.update_layout(
        hovermode="x unified",
        uirevision="learning",
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "rangemode": "tozero",
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
            "title": {"text": "distance", "font": {"color": colours.muted}, "standoff": 10},
            "tickfont": {"color": colours.muted},
            "nticks": 5,
        },
    )
    drawn.update_xaxes(range=[0, last], title_text="round", showgrid=False, nticks=8)
    drawn.update_layout(
        yaxis={
            "range": [0, 104],
            "ticksuffix": " %",
            "title": {"text": "of the pieces", "standoff": 10},
            "gridcolor": colours.beat_line,
            "fixedrange": True,
        }
    )
    if not shown:
        drawn.update_layout(yaxis={"visible": False}, yaxis2={"visible": False}, showlegend=False)
        empty_note(drawn, colours, "The curve appears when the training starts.")
    return drawn


_LONGEST: Final = 28
"""Letters of a name: what a legend on a phone has room for."""
