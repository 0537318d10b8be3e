"""Other base models for songs that the chosen one hears little of, one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import fits, model_choice, models
from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_ui.base_models import BaseModel
    from midime_ui.studies import Study

__all__ = ["alternatives", "show"]

_MOST: Final = 2
"""More would be a list to study; it stands above, with all models."""


def show(study: Study) -> None:
    """Offer models that hear more of the songs, if there are any."""
    better = alternatives(study)
    if not better:
        return
    with st.container(horizontal=True, key="way_out"):
        for model, n_pieces in better:
            st.button(
                f"Take “{model.title}” instead ({wording.count(n_pieces, 'piece')})",
                icon=":material/swap_horiz:",
                key=f"take_{model.name}",
                on_click=model_choice.choose,
                args=(model.name,),
            )


def alternatives(study: Study) -> list[tuple[BaseModel, int]]:
    """Models of which all parts are played, with more pieces than the one at work, or as many.

    Those of the same kind come first, then the one that suits the songs best.
    """
    current = models.base_model(study.model)
    own = fits.fit(study.sources, study.model)
    suggested = fits.suggested_model(study.sources).name
    least = own.n_pieces if own.silent and own.n_pieces else own.n_pieces + 1
    found = [
        (model, fit.n_pieces)
        for model in models.on_this_machine().values()
        if (fit := fits.fit(study.sources, model.name)).n_pieces >= least and not fit.silent
    ]
    found.sort(key=lambda each: (each[0].parts != current.parts, each[0].name != suggested))
    return found[:_MOST]
