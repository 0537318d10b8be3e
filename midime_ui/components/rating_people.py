"""Whose ratings count: one's own, one visitor's, or everybody's; asked of owners who share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.pipelines.rated import Rated
from midime_ui import rating_state, shared_ratings, tasting
from midime_ui.components import failure, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_ui.ground import Ground
    from midime_ui.shared_ratings import Person

__all__ = ["show"]

_WHOSE: Final = "rating_whose"
_MINE: Final = "mine"
_ALL: Final = "all"


def show(ground: Ground) -> tuple[Rated, str]:
    """Ask whose ratings are to count, where others have rated; these, and whose in words."""
    own = tasting.rated(ground, rating_state.answers(ground))
    try:
        people = shared_ratings.people(ground)
    except MidimeError as error:
        failure.show(error)
        people = ()
    if not people:
        if shared_ratings.saved_id(ground) is not None:
            st.caption(
                "Whoever opens your share link may rate here too; their ratings then stand here, "
                "apart from yours."
            )
        return own, "yours"
    with st.container(border=True, key="rating_people"):
        n = sum(len(person.given.ballots) for person in people)
        st.markdown(
            f"**{wording.count(len(people), 'visitor')}** of your link gave "
            f"**{wording.count(n, 'rating')}**. Nothing else is known of them."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = _ask(own, people)
            _show_delete(ground, people, chosen)
    return _chosen(own, people, chosen)


def _ask(own: Rated, people: Sequence[Person]) -> str:
    pooled = Rated.pooled([own, *(person.given for person in people)])
    labels = {
        _MINE: f"Mine ({len(own.ballots)})",
        _ALL: f"Everybody's, mine too ({len(pooled.ballots)})",
        **{person.id: f"{person.name} ({len(person.given.ballots)})" for person in people},
    }
    if st.session_state.get(_WHOSE) not in labels:
        st.session_state.pop(_WHOSE, None)
    chosen = st.selectbox(
        "Whose ratings count",
        list(labels),
        format_func=lambda which: labels.get(which, which),
        key=_WHOSE,
        help="Each visitor's ratings are kept apart. Pooled, they are learnt as if one person had "
        "given them: what most like counts.",
    )
    return str(chosen)


def _show_delete(ground: Ground, people: Sequence[Person], chosen: str) -> None:
    person = next((each for each in people if each.id == chosen), None)
    st.button(
        "Delete all visitors' ratings" if person is None else f"Delete those of {person.name}",
        icon=":material/delete:",
        key="rating_people_delete",
        on_click=_delete,
        args=(ground, None if person is None else person.id),
    )


def _delete(ground: Ground, person: str | None) -> None:
    try:
        shared_ratings.delete(ground, person)
    except MidimeError as error:
        st.toast(failure.plain(f"{error} {error.remedy}"), icon=":material/error:")


def _chosen(own: Rated, people: Sequence[Person], chosen: str) -> tuple[Rated, str]:
    if chosen == _ALL:
        given = [*([own] if own.ballots else []), *(person.given for person in people)]
        return Rated.pooled(given), "everybody's"
    for person in people:
        if person.id == chosen:
            return person.given, f"{person.name}'s"
    return own, "yours"
