"""The loss curve: how a training goes, and whether it has come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import plotly.graph_objects as go

from midime_engine.plots.theme import Theme, empty_note, palette, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["MAX_POINTS", "Step", "figure"]

MAX_POINTS: Final = 300
"""Points per curve: what a page that redraws every second can send without stuttering."""

_HEIGHT: Final = 300


class Step(Protocol):
    """What is drawn of one training step."""

    @property
    def epoch(self) -> int:
        """Counted from 1."""
        ...

    @property
    def total(self) -> float:
        """Reconstruction plus the weighted KL."""
        ...

    @property
    def reconstruction(self) -> float:
        """What is lost on the way through the small space."""
        ...

    @property
    def kl(self) -> float:
        """Distance of the small space from a standard normal, before it is weighted."""
        ...


def figure(
    steps: Sequence[Step],
    *,
    theme: Theme = "light",
    n_epochs: int | None = None,
    height: int = _HEIGHT,
) -> go.Figure:
    """Draw the losses of ``steps``, in plain words; the terms are in what a pointer finds.

    Args:
        steps: In order; of more than :data:`MAX_POINTS`, evenly spaced ones and the last.
        theme: Light or dark.
        n_epochs: Epochs planned. The axis then stands still while the curve grows; None fits it.
        height: Pixels.
    """
    colours = palette(theme)
    shown = [steps[i] for i in _chosen(len(steps))]
    epochs = [step.epoch for step in shown]
    curves = (
        ("both together", "loss", [step.total for step in shown], colours.text, "solid"),
        (
            "still missing",
            "reconstruction loss",
            [step.reconstruction for step in shown],
            colours.roles["melody"],
            "dash",
        ),
        (
            "held by the sliders",
            "KL divergence",
            [step.kl for step in shown],
            colours.roles["bass"],
            "dot",
        ),
    )
    drawn = go.Figure()
    for name, term, values, colour, dash in curves:
        drawn.add_trace(
            go.Scatter(
                name=name,
                x=epochs,
                y=values,
                mode="lines+markers" if len(shown) == 1 else "lines",
                # Dashes as well as colours: told apart in grey, too.
                line={"color": colour, "width": 2.5, "dash": dash},
                hovertemplate=f"%{{y:.2f}} nats ({term})",
            )
        )
    style(drawn, colours, height=height, title=None)
    last = max(n_epochs or 0, epochs[-1] if epochs else 1, 2)
    drawn.update_layout(
        hovermode="x unified",
        # The same revision for every figure: a live redraw keeps what the viewer has zoomed to.
        uirevision="loss",
    )
    drawn.update_xaxes(
        range=[1, last],
        title_text="round",
        showgrid=False,
        showline=True,
        tickformat="d",
        nticks=8,
        hoverformat="d",
        unifiedhovertitle_text="round %{x} (epoch)",
    )
    drawn.update_yaxes(
        rangemode="tozero",
        title_text="less of both is better",
        gridcolor=colours.beat_line,
        fixedrange=True,
        nticks=6,
    )
    if not steps:
        drawn.update_yaxes(visible=False, range=[0, 1])
        drawn.update_xaxes(showticklabels=n_epochs is not None)
        empty_note(drawn, colours, "The curve appears when the training starts.")
    return drawn


def _chosen(n: int) -> npt.NDArray[np.int64]:
    """Indices of the steps that are drawn, first and last among them."""
    return np.unique(np.linspace(0, n - 1, min(n, MAX_POINTS)).round().astype(np.int64))
