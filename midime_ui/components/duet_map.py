"""The map that both sides of a translation share, with the pair marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.plots import translation_map
from midime_ui import carrying, models
from midime_ui.components import chart

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.pipelines.translate import Answers
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage

__all__ = ["show"]

_CLICKS: Final = "duet_map_clicks"


def show(
    passage: Passage,
    carrier: Carrier,
    found: Answers,
    chosen: int,
    choose: Callable[[int], None],
) -> None:
    """Draw the map; a click on an answer calls ``choose`` with its number."""
    translator = carrying.loaded(carrier).translator
    side = carrier.side_of(passage.model)
    plane = carrying.plane(carrier)
    # Where the answers are heard, which need not be where they were sent.
    heard = translator.encode(found.x, 1 - side).mu
    titles = [models.base_model(domain.model).title for domain in translator.config.domains]

    def click(kind: str, index: int) -> None:
        if kind == "answer" and index < len(found.seeds):
            st.session_state[_CLICKS] = int(st.session_state.get(_CLICKS, 0)) + 1
            choose(index)

    st.subheader("The map that both share")
    chart.clickable(
        translation_map.figure(
            plane.clouds,
            names=(titles[0], titles[1]),
            source=plane.place(translator.encode(passage.vector[None], side).mu)[0],
            side=side,
            answers=plane.place(heard),
            chosen=chosen,
            click_count=int(st.session_state.get(_CLICKS, 0)),
            theme=chart.theme(),
        ),
        key="duet_map",
        alt="Map of music of both models; the source is a star, its answers are diamonds, and a "
        "dotted line joins the pair.",
        on_click=click,
    )
    st.caption(
        "Music of both kinds in one space: what lies close together has something in common. The "
        "star is the source; click an answer to choose it.",
        help="The two widest directions (principal components) of the shared numbers of z'. Each "
        "answer stands where the translator hears it again, so the line shows what got lost.",
    )
