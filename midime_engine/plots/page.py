"""A figure as a file of its own that any browser shows, without a network."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from midime_engine.plots.theme import CONFIG, palette

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from midime_engine.plots.theme import Theme

__all__ = ["to_html"]


def to_html(figure: go.Figure, *, title: str, theme: Theme = "light", name: str = "midime") -> str:
    """Return ``figure`` as a web page with Plotly in it (5 MB), zoomable and hoverable.

    Args:
        figure: It is not changed.
        title: Of the page; a heading says it as well.
        theme: The one that the figure was drawn in: the page has its background.
        name: Of the picture that the camera makes, without ending.
    """
    colours = palette(theme)
    camera = {**CONFIG["toImageButtonOptions"], "filename": name}
    shown = type(figure)(figure)
    # The picture that the camera makes must be seen on paper of any colour.
    shown.update_layout(paper_bgcolor=colours.page, clickmode="none")
    body = shown.to_html(
        config={**CONFIG, "displayModeBar": True, "toImageButtonOptions": camera},
        full_html=False,
        include_plotlyjs=True,
        div_id="figure",
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n"
        f"body {{ background: {colours.page}; color: {colours.text}; margin: 1rem; "
        f"font-family: sans-serif; }}\n"
        f"h1 {{ font-size: 1.25rem; }}\n</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )
