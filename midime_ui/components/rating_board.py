"""Hear one piece after another and say what you like, by buttons or keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import ground as grounds
from midime_ui import rating_state, shared_ratings, tasting
from midime_ui.components import failure, player
from midime_ui.rating_state import Answer

if TYPE_CHECKING:
    from midime_ui.ground import Ground

__all__ = ["ENOUGH", "show"]

ENOUGH: Final = 20
"""Ratings after which a taste is mostly clear (benchmarks/constraints)."""

_WAY: Final = "rating_way"
_AT_ONCE: Final = "rating_at_once"
_STORE_FAILURE: Final = "rating_store_failure"
_ONE: Final = "One after another"
_TWO: Final = "Which of the two?"


def show(ground: Ground) -> None:
    """Ask about what would teach most."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        way = st.segmented_control(
            "How to rate",
            [_ONE, _TWO],
            default=_ONE,
            key=_WAY,
            persist_state="session",
            label_visibility="collapsed",
        )
        at_once = st.toggle(
            "Play the next one at once", value=True, key=_AT_ONCE, persist_state="session"
        )
    given = rating_state.answers(ground)
    # A page that begins to play by itself startles; after the first answer it is what is expected.
    autoplay = bool(at_once) and bool(given)
    if way == _TWO:
        _ask_two(ground, given, autoplay=autoplay)
    else:
        _ask_one(ground, given, autoplay=autoplay)
    refused = st.session_state.pop(_STORE_FAILURE, None)
    if refused is not None:
        st.caption("This answer counts for you, but it was not stored for whoever shares it:")
        failure.show(refused)


def _ask_one(ground: Ground, given: tuple[Answer, ...], *, autoplay: bool) -> None:
    number = tasting.next_one(ground, given)
    if number is None:
        _show_end(ground, given)
        return
    _show_player(ground, number, key="rating_one", title="Do you like this?", autoplay=autoplay)
    with _buttons():
        _button(ground, "Like", "L", ":material/thumb_up:", Answer("like", (number,)))
        _button(ground, "Dislike", "D", ":material/thumb_down:", Answer("dislike", (number,)))
        _button(ground, "Skip", "S", ":material/skip_next:", Answer("skip", (number,)))
        _show_undo(ground, given)


def _ask_two(ground: Ground, given: tuple[Answer, ...], *, autoplay: bool) -> None:
    pair = tasting.next_two(ground, given)
    if pair is None:
        _show_end(ground, given)
        return
    for column, letter, number in zip(st.columns(2, gap="large"), "AB", pair, strict=True):
        with column:
            _show_player(
                ground,
                number,
                key=f"rating_{letter.lower()}",
                title=f"Piece {letter}",
                autoplay=autoplay and letter == "A",
                pair="rating_pair",
            )
    first, second = pair
    with _buttons():
        _button(ground, "A is better", "A", ":material/thumb_up:", Answer("prefer", pair))
        _button(
            ground, "B is better", "B", ":material/thumb_up:", Answer("prefer", (second, first))
        )
        _button(ground, "Skip", "S", ":material/skip_next:", Answer("skip", pair))
        _show_undo(ground, given)


def _buttons() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", key="rating_buttons")


def _button(ground: Ground, label: str, key: str, icon: str, answer: Answer) -> None:
    st.button(
        label,
        icon=icon,
        shortcut=key,
        key=f"rating_{answer.kind}_{key.lower()}",
        on_click=_answer,
        args=(ground, answer),
    )


def _show_undo(ground: Ground, given: tuple[Answer, ...]) -> None:
    st.button(
        "Undo",
        icon=":material/undo:",
        shortcut="U",
        type="tertiary",
        key="rating_undo",
        disabled=not given,
        on_click=_undo,
        args=(ground,),
    )
    st.button(
        "Forget my ratings",
        icon=":material/delete:",
        type="tertiary",
        key="rating_forget",
        disabled=not given,
        on_click=_forget,
        args=(ground,),
    )


def _show_end(ground: Ground, given: tuple[Answer, ...]) -> None:
    st.info("You have heard every piece there is here.", icon=":material/check:")
    with _buttons():
        _show_undo(ground, given)


def _show_player(
    ground: Ground,
    number: int,
    *,
    key: str,
    title: str,
    autoplay: bool,
    pair: str | None = None,
) -> None:
    tokens = grounds.pieces(ground).tokens[number : number + 1]
    (sequence,) = grounds.music(ground, tokens)
    st.markdown(f"**{title}**")
    player.show(sequence, key=key, title=title, autoplay=autoplay, height=200, pair=pair)


def _answer(ground: Ground, answer: Answer) -> None:
    rating_state.add(ground, answer)
    if answer.ballot is not None:
        _store(ground)


def _undo(ground: Ground) -> None:
    undone = rating_state.undo(ground)
    if undone is not None and undone.ballot is not None:
        _store(ground)


def _forget(ground: Ground) -> None:
    rating_state.clear(ground)
    _store(ground)


def _store(ground: Ground) -> None:
    try:
        shared_ratings.store(ground)
    except MidimeError as error:
        st.session_state[_STORE_FAILURE] = error
