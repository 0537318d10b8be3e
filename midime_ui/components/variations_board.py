"""Eight variations at once: listen to all, keep some, ask for more of what you like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from midime_engine.pipelines.draws import Around
from midime_ui import models, tray, variations
from midime_ui.components import failure, kept_tray, sliders, variation_card, wording
from midime_ui.components.player_parts.card import Action
from midime_ui.components.seed import MAX_SEED
from midime_ui.following import redraw
from midime_ui.position import Position, on_sliders
from midime_ui.tray import Item

if TYPE_CHECKING:
    from midime_engine.pipelines.generate import Variations
    from midime_ui.personal import Personal
    from midime_ui.position import Nudges
    from midime_ui.studies import Study
    from midime_ui.variations import Board

__all__ = ["show"]

_CARD_WIDTH: Final = 230
"""Pixels: four cards side by side on a laptop, one on a phone."""

_SPREAD: Final = "board_spread"
_LEAST_SPREAD: Final = 0.3
"""Nearer there are not eight different ones: most draws repeat the point or each other."""

_MOST_SPREAD: Final = 1.0
_USUAL_SPREAD: Final = 0.5
"""So far around a point most draws are heard as its relatives. Measured on three of the examples:
nearer, more than half of them repeat it or each other."""

_SEED: Final = "board_seed"
_BASE: Final = "board_base"


class _Work(NamedTuple):
    """What everything on the board is made with."""

    study: Study
    personal: Personal
    temperature: float | None

    def board(self) -> Board:
        """What is on it."""
        return variations.board(*self)


def show(study: Study, personal: Personal, position: Position) -> None:
    """The board, and below it the tray of what was kept."""
    work = _Work(study, personal, position.temperature)
    board = work.board()
    _say_where(work, board)
    _show_tools(work, board, position)
    made = variations.music_of(*work, board)
    base = _base_music(work, board) if st.session_state.get(_BASE) else None
    grid = st.grid(4, min_column_width=_CARD_WIDTH, border=True, key="board")
    for index in range(variations.N_CARDS):
        with grid.cell():
            _show_card(work, board, made, index)
            if base is not None:
                _show_base(work, board, base, index)
    kept_tray.show(study, personal)


def _say_where(work: _Work, board: Board) -> None:
    st.caption(
        f"Eight variations near {failure.plain(board.origin)}."
        if board.around
        else "Eight variations from all over the space of your song.",
        help="Each is a draw from the prior of your MidiMe, or around one point of it, with a "
        "seed of its own: the same seed gives the same music again. Silent draws and repeats are "
        "left out, so a seed may be missing.",
    )
    if board.nudges:
        st.caption(f"Heard with {wording.count(len(board.nudges), 'fine control')} moved.")
    n = variations.n_different(*work, board)
    if n < variations.N_CARDS:
        where = "So near there" if board.around else "In the space of this song"
        more = " More different ones are further away." if board.around else ""
        st.caption(f"{where} are only {wording.count(n, 'different variation')}.{more}")


def _show_tools(work: _Work, board: Board, position: Position) -> None:
    with st.container(horizontal=True, key="board_tools"):
        st.button(
            "New eight",
            icon=":material/casino:",
            key="board_new",
            type="primary",
            on_click=_draw_on,
            args=(work, board.next_seed),
            help="Drawn with the seeds that follow, from all over the space of your song.",
        )
        st.button(
            "Near the sliders",
            icon=":material/my_location:",
            key="board_near",
            on_click=_draw_around,
            args=(work, position.point, "where the sliders stand", position.nudges),
            help="Eight draws around the point on which the sliders stand, with the fine controls "
            "as they are.",
        )
        st.button(
            "The eight before",
            icon=":material/undo:",
            key="board_back",
            disabled=not variations.has_past(),
            help=None if variations.has_past() else "There were none before these.",
            on_click=variations.go_back,
        )
    first, spread, base = st.columns([1, 2, 2], gap="medium", vertical_alignment="bottom")
    with first:
        st.session_state[_SEED] = board.first_seed
        st.number_input(
            "First seed",
            min_value=0,
            max_value=MAX_SEED,
            step=1,
            key=_SEED,
            on_change=_draw_from_typed,
            args=(work,),
            help="Where chance starts from. Type the first seed of eight that you liked to have "
            "them again.",
        )
    with spread:
        st.slider(
            "How different is more of the same",
            _LEAST_SPREAD,
            _MOST_SPREAD,
            _USUAL_SPREAD,
            0.05,
            key=_SPREAD,
            persist_state="session",
            on_change=_spread_out,
            args=(work,),
            help="Standard deviation of the draws around the variation that you liked; the whole "
            "space of your song has 1.",
        )
    with base:
        st.toggle(
            "Beside the base model",
            key=_BASE,
            persist_state="session",
            help="Under each variation, what the base model plays with the same seed. It has never "
            "heard your song: the difference is what MidiMe has learnt.",
        )


def _show_card(work: _Work, board: Board, made: Variations, index: int) -> None:
    seed = board.seeds[index]
    assert made.z_small is not None
    point = on_sliders(made.z_small[index].tolist())
    stand = Position(point, work.temperature, seed, board.nudges)
    name = _name(board, seed)
    variation_card.show(
        work.study,
        Item.of(made, index, name=name, position=stand, seed=seed, temperature=work.temperature),
        key=f"card_{index}",
        title=f"Seed {seed}",
        actions=(
            Action(
                "more",
                "More like this",
                ":material/hub:",
                _draw_around,
                (work, point, name, stand.nudges),
            ),
            Action("steer", "To the sliders", ":material/tune:", _to_sliders, (stand,)),
            Action(
                "discard",
                "Discard",
                ":material/close:",
                _discard,
                (work, index),
                "Another one takes its place. Undo, beside the sliders, brings it back.",
            ),
        ),
    )


def _show_base(work: _Work, board: Board, base: Variations, index: int) -> None:
    seed = board.seeds[index]
    title = f"Base model, seed {seed}"
    item = Item.of(base, index, name=title, position=None, seed=seed, temperature=work.temperature)
    variation_card.show(work.study, item, key=f"base_card_{index}", title=title)


def _base_music(work: _Work, board: Board) -> Variations:
    model = work.study.model
    size = models.z_size(model)
    return variations.base_music(model, size, board.seeds, temperature=work.temperature)


def _name(board: Board, seed: int) -> str:
    """What a variation is called until somebody gives it a better name."""
    if board.around is None:
        return f"Seed {seed}"
    return f"Seed {seed} near {board.origin.split(' near ')[0]}"[: tray.MAX_NAME]


def _draw_on(work: _Work, seed: int) -> None:
    variations.put(variations.with_seeds(*work, first_seed=seed))


def _draw_from_typed(work: _Work) -> None:
    now, seed = work.board(), int(st.session_state[_SEED] or 0)
    variations.put(
        variations.with_seeds(
            *work, first_seed=seed, around=now.around, origin=now.origin, nudges=now.nudges
        )
    )


def _draw_around(work: _Work, point: tuple[float, ...], origin: str, nudges: Nudges) -> None:
    variations.put(
        variations.with_seeds(
            *work,
            first_seed=work.board().next_seed,
            around=Around(point, _spread()),
            origin=origin[:1].lower() + origin[1:],
            nudges=nudges,
        )
    )


def _spread_out(work: _Work) -> None:
    """From the same seed on, nearer to the point or further away."""
    now = work.board()
    if now.around is not None:
        around = Around(now.around.centre, _spread())
        variations.put(
            variations.with_seeds(
                *work,
                first_seed=now.first_seed,
                around=around,
                origin=now.origin,
                nudges=now.nudges,
            )
        )


def _spread() -> float:
    """What the slider says, which a browser may have sent from anywhere."""
    value = float(st.session_state.get(_SPREAD, _USUAL_SPREAD))
    return min(max(value, _LEAST_SPREAD), _MOST_SPREAD)


def _discard(work: _Work, index: int) -> None:
    variations.put(variations.replace_card(*work, work.board(), index))


def _to_sliders(position: Position) -> None:
    sliders.restore(position)
    redraw()
