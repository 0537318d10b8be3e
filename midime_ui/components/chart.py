"""A figure in the scheme that the visitor sees, with nothing on it that gets in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from midime_engine.plots.theme import CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.plots.theme import Theme

__all__ = ["clickable", "clicked", "show", "theme"]


def theme() -> Theme:
    """``"dark"`` when the browser shows the app in dark, else ``"light"``."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show(
    figure: Any, *, alt: str, key: str | None = None, width: int | Literal["stretch"] = "stretch"
) -> None:
    """Draw ``figure``; ``alt`` is what a screen reader says.

    It takes the whole width, or ``width`` pixels where there is room for them.
    """
    # theme=None: the figure has its own, which the engine's users get as well.
    st.plotly_chart(figure, theme=None, key=key, config=CONFIG, alt=alt, width=width)


def clickable(figure: Any, *, key: str, alt: str, on_click: Callable[[str, int], None]) -> None:
    """Draw ``figure`` and call ``on_click`` with the ``[kind, index]`` of a clicked point.

    The call comes before the page is drawn again, so that everything on it can follow.
    """

    def react() -> None:
        point = clicked(st.session_state[key])
        if point is not None:
            on_click(*point)

    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        config=CONFIG,
        alt=alt,
        on_select=react,
        selection_mode="points",
    )


def clicked(event: Any) -> tuple[str, int] | None:
    """The ``[kind, index]`` that the first selected point carries, if it carries one."""
    for point in event["selection"]["points"]:
        match point.get("customdata"):
            case [str(kind), int(index)]:
                return kind, index
    return None
