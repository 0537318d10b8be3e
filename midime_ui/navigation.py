"""The pages, in the order in which a song goes through them, then what was kept, then the rest."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import Page

__all__ = [
    "CONSTRAINTS",
    "EMBEDDING",
    "EXPLORE",
    "LIBRARY",
    "MORE",
    "RATINGS",
    "SKETCHES",
    "STEPS",
    "TRAIN",
    "TRANSLATE",
    "UPLOAD",
    "Step",
    "pages",
    "show_link",
    "show_next",
]


class Step(NamedTuple):
    """One page. The stem of ``path`` is its address: anything else breaks deep links."""

    path: str
    title: str
    icon: str
    invitation: str
    """What a link to the page says."""

    @property
    def stem(self) -> str:
        """Its address."""
        return PurePosixPath(self.path).stem


UPLOAD: Final = Step("pages/upload.py", "Song", ":material/music_note:", "Choose a song")
EMBEDDING: Final = Step(
    "pages/embedding.py",
    "What it heard",
    ":material/hearing:",
    "Hear what the model understood",
)
TRAIN: Final = Step("pages/train.py", "Train", ":material/model_training:", "Train a MidiMe")
EXPLORE: Final = Step("pages/explore.py", "Explore", ":material/tune:", "Explore variations")
CONSTRAINTS: Final = Step("pages/constraints.py", "Rules", ":material/rule:", "Give it rules")
TRANSLATE: Final = Step(
    "pages/translate.py",
    "Carry over",
    ":material/swap_horiz:",
    "Carry it over to other instruments",
)
RATINGS: Final = Step("pages/ratings.py", "Taste", ":material/favorite:", "Teach it your taste")
LIBRARY: Final = Step("pages/library.py", "Library", ":material/bookmarks:", "Open your library")

SKETCHES: Final = Step("pages/sketches.py", "Drawings", ":material/draw:", "Bend drawings")

STEPS: Final = (UPLOAD, EMBEDDING, TRAIN, EXPLORE, CONSTRAINTS, RATINGS, TRANSLATE, LIBRARY)
"""The way of a song."""

MORE: Final = (SKETCHES,)
"""What has nothing to do with a song."""


def pages() -> dict[str, list[Page]]:
    """What the router serves, by the heading it stands under; the first one is the home page."""
    return {
        heading: [
            st.Page(step.path, title=step.title, icon=step.icon, default=step is UPLOAD)
            for step in steps
        ]
        for heading, steps in (("", STEPS), ("More", MORE))
    }


def show_link(step: Step, *, label: str | None = None) -> None:
    """Link to ``step`` within the same session (a typed address would start a new one)."""
    st.page_link(step.path, label=label or step.invitation, icon=step.icon)


def show_next(
    step: Step, *, instead: Step | None = None, on_click: Callable[[], None] | None = None
) -> None:
    """Show the way on, and another one for those who are curious.

    Args:
        step: Where it leads.
        instead: Another page.
        on_click: What to do on the way to ``step``.
    """
    with st.container(horizontal=True, width="content", key="next"):
        if st.button(
            step.invitation,
            type="primary",
            icon=step.icon,
            key=f"go_{step.title}",
            width="content",
            on_click=on_click,
        ):
            st.switch_page(step.path)
        if instead is not None and st.button(
            instead.invitation, icon=instead.icon, key=f"go_{instead.title}", width="content"
        ):
            st.switch_page(instead.path)
