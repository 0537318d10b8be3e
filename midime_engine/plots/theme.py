"""Colours and the common look of all figures, light and dark.

The colours are those of the app (``.streamlit/config.toml``): melody, bass and drums have one
each, everywhere, and a further instrument takes the next of the others. Each stands out from the
background by at least 4.5 : 1 (WCAG 2.2 AA), text by at least 7 : 1, and the first three are told
apart with any kind of colour blindness. The background is transparent, so a figure fits its page.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from midime_engine.plots import neighbours

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go

    from midime_engine.converters.classes import Role

__all__ = [
    "CONFIG",
    "Palette",
    "Theme",
    "axis",
    "empty_note",
    "layout",
    "palette",
    "plain",
    "style",
    "with_alpha",
]

neighbours.load()  # Before the first figure, all of which have their look from here.

Theme = Literal["light", "dark"]

CONFIG: Final[dict[str, Any]] = {
    "displaylogo": False,
    "responsive": True,
    # Scrolling the page must not zoom the figure.
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    # The camera: sharp on paper and on screens of any density, under a name that says whose it is.
    "toImageButtonOptions": {"format": "png", "filename": "midime", "scale": 2},
}
"""What to hand to ``plotly.js`` beside a figure."""

_FONT: Final = "Source Sans, Source Sans Pro, Segoe UI, Helvetica, Arial, sans-serif"
_TRANSPARENT: Final = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one theme, each an opaque ``#rrggbb``."""

    page: str
    """The background on which figures stand; figures themselves are transparent."""

    text: str
    muted: str
    """Axis labels."""

    roles: Mapping[Role, str]
    others: tuple[str, ...]
    """For instruments beyond the roles, and for second curves."""

    bar_line: str
    beat_line: str
    black_key: str
    """Rows of the black keys in a piano roll."""

    accent: str
    """What is selected."""

    against: str
    """Notes that stand against a rule."""


_PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        page="#fbfaf6",
        text="#14303b",
        muted="#46606b",
        roles={"melody": "#0b6e63", "bass": "#b4560f", "drums": "#5b4fc4"},
        others=("#a02c6d", "#1f6fb2", "#6b6a1f", "#8a3b2a", "#4f6b7a"),
        bar_line="#b3c2bf",
        beat_line="#e0e7e3",
        black_key="#f1f4f0",
        accent="#c2185b",
        against="#c62020",
    ),
    "dark": Palette(
        page="#0f1a20",
        text="#e9f1ee",
        muted="#b4c5c8",
        roles={"melody": "#5fd4b4", "bass": "#f0a35e", "drums": "#a99cff"},
        others=("#f08cc0", "#7cc0f5", "#d6d27a", "#f2998a", "#9fb6c2"),
        bar_line="#475c67",
        beat_line="#22323b",
        black_key="#14222a",
        accent="#ff7eb0",
        against="#ff7b72",
    ),
}


def palette(theme: Theme) -> Palette:
    """Return the colours of ``theme``.

    Raises:
        ValueError: There is no such theme.
    """
    if theme not in _PALETTES:
        raise ValueError(f"theme must be one of {', '.join(get_args(Theme))}; got {theme!r}.")
    return _PALETTES[theme]


def plain(text: str) -> str:
    """Return ``text`` so that Plotly shows it as it is: names come from files, not from us.

    >>> plain("<b>Lead</b> & co")
    '&lt;b&gt;Lead&lt;/b&gt; &amp; co'
    """
    return html.escape(text, quote=False)


def with_alpha(colour: str, alpha: float) -> str:
    """Return an ``#rrggbb`` colour as seen through.

    >>> with_alpha("#0b6e63", 0.5)
    'rgba(11,110,99,0.5)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def style(figure: go.Figure, colours: Palette, *, height: int, title: str | None) -> go.Figure:
    """Give ``figure`` the common look, and return it."""
    figure.update_layout(layout(colours, height=height, title=title))
    figure.update_xaxes(axis(colours))
    figure.update_yaxes(axis(colours))
    return figure


def layout(colours: Palette, *, height: int, title: str | None) -> dict[str, Any]:
    """The common look as the layout of a figure, without its axes.

    For a figure that is drawn at every move of a slider: Plotly checks a layout in a few
    milliseconds, and each later change of it in as many again.
    """
    return {
        "height": height,
        "paper_bgcolor": _TRANSPARENT,
        "plot_bgcolor": _TRANSPARENT,
        "font": {"family": _FONT, "size": 13, "color": colours.text},
        "margin": {"l": 8, "r": 8, "t": 16 if title is None else 48, "b": 8},
        "title": None
        if title is None
        else {
            "text": plain(title),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 12},
            "font": {"size": 16, "color": colours.text},
        },
        "hoverlabel": {
            "bgcolor": colours.page,
            "bordercolor": colours.bar_line,
            "font": {"family": _FONT, "size": 13, "color": colours.text},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            # Below, where it cannot run into the title however narrow the page is.
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": 13, "color": colours.text},
            "bgcolor": _TRANSPARENT,
            "itemsizing": "constant",
        },
        "modebar": {
            "bgcolor": _TRANSPARENT,
            "color": colours.muted,
            "activecolor": colours.text,
        },
        # A finger that scrolls the page past a figure must not drag the figure.
        "dragmode": False,
    }


def axis(colours: Palette) -> dict[str, Any]:
    """The common look of an axis."""
    return {
        "automargin": True,
        "zeroline": False,
        "tickfont": {"color": colours.muted},
        "title": {"font": {"color": colours.muted}, "standoff": 6},
        "linecolor": colours.bar_line,
    }


def empty_note(figure: go.Figure, colours: Palette, sentence: str) -> None:
    """Say in the middle of ``figure`` why nothing is drawn."""
    figure.add_annotation(
        text=plain(sentence),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"size": 15, "color": colours.muted},
    )
