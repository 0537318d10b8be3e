"""The pages, in the order in which a song goes through them: for the router, links and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

__all__ = ["EMBEDDING", "EXPLORE", "STEPS", "TRAIN", "UPLOAD", "Step", "pages", "show_link"]


class Step(NamedTuple):
    """One page. The stem of ``path`` is its address: anything else breaks deep links."""

    path: str
    title: str
    icon: str
    invitation: str
    """What a link to the page says."""


UPLOAD: Final = Step("pages/upload.py", "Song", ":material/music_note:", "Choose a song")
EMBEDDING: Final = Step(
    "pages/embedding.py",
    "What it heard",
    ":material/hearing:",
    "Hear what the model understood",
)
TRAIN: Final = Step("pages/train.py", "Train", ":material/model_training:", "Train a MidiMe")
EXPLORE: Final = Step("pages/explore.py", "Explore", ":material/tune:", "Explore variations")

STEPS: Final = (UPLOAD, EMBEDDING, TRAIN, EXPLORE)


def pages() -> list[Page]:
    """What the router serves; the first one is the home page."""
    return [
        st.Page(step.path, title=step.title, icon=step.icon, default=step is UPLOAD)
        for step in STEPS
    ]


def show_link(step: Step, *, label: str | None = None) -> None:
    """Link to ``step`` within the same session (a typed address would start a new one)."""
    st.page_link(step.path, label=label or step.invitation, icon=step.icon)
