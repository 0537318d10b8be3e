"""How a translator learns: what is lost in all, on the way back, and on the way across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, empty_note, palette, style

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_POINTS", "Step", "figure"]

MAX_POINTS: Final = 300
"""Points per curve: what a page that redraws twice a second can send without stuttering."""

_HEIGHT: Final = 300
_ACROSS: Final = "carrying"


class Step(Protocol):
    """What is drawn of one training step."""

    @property
    def step(self) -> int:
        """Counted from 1."""
        ...

    @property
    def total(self) -> float:
        """What is minimised."""
        ...

    @property
    def reconstruction(self) -> float:
        """What is lost on the way through the space between, and back."""
        ...

    @property
    def terms(self) -> tuple[tuple[str, float], ...]:
        """The other terms by name, unweighted."""
        ...


def figure(
    steps: Sequence[Step],
    *,
    n_steps: int | None = None,
    theme: Theme = "light",
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw the losses of ``steps``, each as a share of what it was at first.

    The terms have units that have nothing to do with each other; what can be compared is how far
    each has fallen.

    Args:
        steps: In order; of more than :data:`MAX_POINTS`, evenly spaced ones and the last.
        n_steps: Planned. The axis then stands still while the curve grows; None fits it.
        theme: Light or dark.
        height: Pixels.
    """
    colours = palette(theme)
    chosen = np.unique(
        np.linspace(0, len(steps) - 1, min(len(steps), MAX_POINTS)).round().astype(np.int64)
    )
    shown = [steps[i] for i in chosen]
    x = [step.step for step in shown]
    curves = (
        ("in all", [step.total for step in shown], colours.text, "solid"),
        (
            "lost on the way back",
            [step.reconstruction for step in shown],
            colours.roles["melody"],
            "dash",
        ),
        (
            "lost on the way across",
            [dict(step.terms).get(_ACROSS, 0.0) for step in shown],
            colours.roles["drums"],
            "dot",
        ),
    )
    drawn = go.Figure()
    for name, values, colour, dash in curves:
        first = abs(values[0]) if values else 0.0
        if not first:
            continue
        drawn.add_trace(
            go.Scatter(
                name=name,
                x=x,
                y=[100.0 * value / first for value in values],
                mode="lines+markers" if len(x) == 1 else "lines",
                line={"color": colour, "width": 2.5, "dash": dash},
                hovertemplate="%{y:.0f} %",
            )
        )
    style(drawn, colours, height=height, title=None)
    drawn.update_layout(hovermode="x unified", uirevision="translation curve")
    drawn.update_xaxes(
        range=[1, max(n_steps or 0, x[-1] if x else 1, 2)],
        title_text="step",
        showgrid=False,
        showline=True,
        tickformat="d",
        nticks=8,
    )
    drawn.update_yaxes(
        rangemode="tozero",
        title_text="of what it was at first, %",
        gridcolor=colours.beat_line,
        fixedrange=True,
        nticks=6,
    )
    if not steps:
        drawn.update_yaxes(visible=False, range=[0, 1])
        drawn.update_xaxes(showticklabels=n_steps is not None)
        empty_note(drawn, colours, "The curve appears when the training starts.")
    return drawn
