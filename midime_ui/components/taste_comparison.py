"""What the training on ratings did: figures, and one piece before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from midime_ui import ground as grounds
from midime_ui import tasting
from midime_ui.components import before_after, change_figures, failure, piece_chooser, wording
from midime_ui.components.before_after import Version
from midime_ui.rules import STRONGEST

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import IntArray
    from midime_ui.ground import Ground
    from midime_ui.rating_state import Lesson
    from midime_ui.tasting import Compared

__all__ = ["sentence", "show"]

_STRENGTH: Final = "taste_strength"
_EVEN: Final = 0.5
"""From here on a piece is liked rather than not."""

_GOOD: Final = 0.6
"""Share liked below which the page says what could help."""

_FAR: Final = 0.5
"""Of the length of ``z``: from here on little of a piece is left."""


def show(ground: Ground, lesson: Lesson) -> float:
    """Everything about what ``lesson`` does on ``ground``; the strength that was chosen."""
    chosen = st.slider(
        "How strongly",
        0.0,
        STRONGEST,
        STRONGEST,
        0.05,
        key=_STRENGTH,
        persist_state="session",
        help="How far along its way each piece is moved: at 0 nothing changes, at 1 the music "
        "leans as far as was learnt.",
    )
    strength = min(max(float(chosen), 0.0), STRONGEST)
    found = tasting.compared(ground, lesson.learnt.rules, lesson.given, strength)
    _show_figures(found)
    if lesson.given is None:
        st.caption(
            "No rating is in a file: what is to this taste is said by what was learnt itself.",
            help="By its critic, a small network that has learnt from places in the latent space "
            "what was liked. It hears no note.",
        )
    if strength == STRONGEST and (said := sentence(found)):
        st.info(said, icon=":material/info:")
    gained = int(np.argmax(found.after - found.before))  # the most
    number = piece_chooser.choose(len(found.after), first=gained, key="taste")
    _show_piece(ground, found, number)
    return strength


def sentence(compared: Compared) -> str:
    """What falls short, with the figure and what could help; empty where nothing does."""
    after, found = _share(compared.after), compared.found
    if after < _GOOD:
        return (
            f"Only {wording.percent(after)} of the pieces are to this taste after training. A few "
            "ratings more make it clearer; or what is liked is not within reach of this model."
        )
    if found.moved.mean() > _FAR * found.norm:
        return (
            f"The pieces had to go far: {found.moved.mean():.1f}, where a piece itself lies "
            f"{found.norm:.1f} from the middle. Less strength leaves more of each."
        )
    return ""


def _show_figures(compared: Compared) -> None:
    columns = st.columns(4, gap="medium")
    with columns[0]:
        st.metric(
            "To this taste",
            wording.percent(_share(compared.after)),
            f"{wording.percent(_share(compared.before))} before",
            delta_color="off",
            delta_arrow="off",
            help=f"Share of {len(compared.after)} pieces, the same seeds before and after, that "
            "the learnt taste holds for liked rather than not.",
        )
    for column, show_figure in zip(columns[1:], change_figures.FIGURES, strict=True):
        with column:
            show_figure(compared.found)


def _show_piece(ground: Ground, compared: Compared, number: int) -> None:
    found = compared.found
    moved = f" Moved by {found.moved[number]:.1f}."
    before_after.show(
        _version(ground, found.before[number], "As it was", compared.before[number]),
        _version(ground, found.after[number], "As you like it", compared.after[number], more=moved),
        key="taste_pair",
        overlay="as it was",
    )


def _version(
    ground: Ground, window: IntArray, title: str, liked: float, *, more: str = ""
) -> Version:
    (sequence,) = grounds.music(ground, window[None])
    caption = f"To this taste with {wording.percent(float(liked))}.{more}"
    return Version(title, sequence, None, failure.plain(caption))


def _share(liked: npt.NDArray[np.float64]) -> float:
    return float((liked > _EVEN).mean())
