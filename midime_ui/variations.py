"""The board of eight variations: which seeds are on it, and what was on it before.

Plain data in session state; the music itself follows from it and is cached.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import streamlit as st

from midime_engine.musicvae.starting import starting_points
from midime_engine.pipelines import draws, generate
from midime_ui import cutting, models, personal_space, playing
from midime_ui.cache_keys import KEYS
from midime_ui.components.seed import MAX_SEED
from midime_ui.position import Position

if TYPE_CHECKING:
    from midime_engine.pipelines.draws import Around
    from midime_engine.pipelines.generate import Variations
    from midime_ui.personal import Personal
    from midime_ui.position import Nudges
    from midime_ui.studies import Study

__all__ = [
    "N_CARDS",
    "Board",
    "base_music",
    "board",
    "current",
    "go_back",
    "has_past",
    "music",
    "music_of",
    "n_different",
    "put",
    "replace_card",
    "restore",
    "with_seeds",
]

N_CARDS: Final = 8

_FIRST_SEED: Final = 1
_MAX_PAST: Final = 20
"""Boards to go back to: as many as anybody remembers."""

_BOARD: Final = "variations_board"
_PAST: Final = "variations_boards_before"


@dataclass(frozen=True, slots=True)
class Board:
    """Eight cards, each of which is one seed."""

    owner: str
    """Digest of the MidiMe: the seeds of another one mean other music."""

    seeds: tuple[int, ...]

    next_seed: int
    """The first one that has not been tried yet."""

    around: Around | None = None
    """Where the cards were drawn; None for the whole space."""

    origin: str = ""
    """What lies there, for people; empty for the whole space."""

    nudges: Nudges = ()
    """Fine controls that act on all of its cards."""

    @property
    def first_seed(self) -> int:
        """Where drawing began, as far as cards have not been replaced."""
        return min(self.seeds)


def board(study: Study, personal: Personal, temperature: float | None) -> Board:
    """The board at work; a first one for a MidiMe that has none."""
    found = cast("Board | None", st.session_state.get(_BOARD))
    if found is None or found.owner != personal.sha256:
        found = with_seeds(study, personal, temperature, first_seed=_FIRST_SEED)
        st.session_state[_BOARD] = found
        st.session_state[_PAST] = ()
    return found


def with_seeds(
    study: Study,
    personal: Personal,
    temperature: float | None,
    *,
    first_seed: int,
    around: Around | None = None,
    origin: str = "",
    nudges: Nudges = (),
) -> Board:
    """A board of eight different variations, from that seed on.

    Around a point, what is heard there itself is left out as well. ``nudges`` act on all of them.
    """
    seeds, next_seed = _draw(
        study,
        personal,
        N_CARDS,
        first_seed=_in_range(first_seed),
        around=around,
        nudges=nudges,
        temperature=temperature,
        others=(),
    )
    return Board(personal.sha256, seeds, next_seed, around, origin, nudges)


def replace_card(
    study: Study, personal: Personal, temperature: float | None, now: Board, index: int
) -> Board:
    """The board with another variation in place of one, unlike those that stay."""
    stay = tuple(seed for i, seed in enumerate(now.seeds) if i != index)
    (seed,), next_seed = _draw(
        study,
        personal,
        1,
        first_seed=_in_range(now.next_seed),
        around=now.around,
        nudges=now.nudges,
        temperature=temperature,
        others=stay,
    )
    seeds = tuple(seed if i == index else each for i, each in enumerate(now.seeds))
    return replace(now, seeds=seeds, next_seed=next_seed)


def n_different(study: Study, personal: Personal, temperature: float | None, now: Board) -> int:
    """How many of the cards are heard as different ones."""
    made = music_of(study, personal, temperature, now)
    heard = cutting.playback(study).n_steps
    return len({window[:heard].tobytes() for window in made.tokens})


def put(new: Board) -> None:
    """Show another board; the one of now can be gone back to."""
    now = cast("Board | None", st.session_state.get(_BOARD))
    past = cast("tuple[Board, ...]", st.session_state.get(_PAST, ()))
    if now is not None and now.owner == new.owner:
        st.session_state[_PAST] = (*past, now)[-_MAX_PAST:]
    else:
        st.session_state[_PAST] = ()
    st.session_state[_BOARD] = new


def has_past() -> bool:
    """Whether there was a board before."""
    return bool(st.session_state.get(_PAST))


def go_back() -> None:
    """Show the board that was there before; nothing happens if there was none."""
    past = cast("tuple[Board, ...]", st.session_state.get(_PAST, ()))
    if past:
        st.session_state[_BOARD] = past[-1]
        st.session_state[_PAST] = past[:-1]


def current(personal: Personal) -> Board | None:
    """The board of a MidiMe, if one has been shown."""
    found = cast("Board | None", st.session_state.get(_BOARD))
    return found if found is not None and found.owner == personal.sha256 else None


def restore(was: Board) -> None:
    """Show a board of the history again; nothing is put behind the one of now."""
    st.session_state[_BOARD] = was


def music_of(study: Study, personal: Personal, temperature: float | None, now: Board) -> Variations:
    """The music of the cards of a board."""
    return music(
        study, personal, now.seeds, around=now.around, nudges=now.nudges, temperature=temperature
    )


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def music(
    study: Study,
    personal: Personal,
    seeds: tuple[int, ...],
    *,
    around: Around | None = None,
    nudges: Nudges = (),
    temperature: float | None = None,
) -> Variations:
    """The music of some seeds, decoded as one batch."""
    space = personal_space.space(personal)
    return draws.at_seeds(
        seeds,
        space,
        playing.server(study.model, personal),
        around=around,
        offset=Position((), None, 0, nudges).offset(space.config.input_size),
        temperature=temperature,
    )


@st.cache_resource(show_spinner=False, max_entries=256)
def base_music(
    model: str, z_size: int, seeds: tuple[int, ...], *, temperature: float | None = None
) -> Variations:
    """What the base model alone plays with the same seeds, decoded as one batch."""
    z = np.concatenate([starting_points(model, 1, z_size=z_size, seed=seed) for seed in seeds])
    tokens = models.server(model).decode_tokens(z, temperature=temperature, seed=list(seeds))
    return generate.Variations(z, tokens, None, len(seeds))


@st.cache_data(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def _draw(
    study: Study,
    personal: Personal,
    n: int,
    *,
    first_seed: int,
    around: Around | None,
    nudges: Nudges,
    temperature: float | None,
    others: tuple[int, ...],
) -> tuple[tuple[int, ...], int]:
    """``n`` seeds whose music is audible, and unlike that of ``others``; and the next seed."""
    heard = cutting.playback(study).n_steps
    known: list[bytes] = []
    if others:
        there = music(
            study, personal, others, around=around, nudges=nudges, temperature=temperature
        )
        known = [window[:heard].tobytes() for window in there.tokens]
    if around is not None:
        (centre,) = personal_space.variation(
            study, personal, around.centre, temperature=None, seed=0, nudges=nudges
        ).tokens
        known.append(centre[:heard].tobytes())
    space = personal_space.space(personal)
    found = draws.draw(
        n,
        space,
        playing.server(study.model, personal),
        parts=models.base_model(study.model).parts,
        first_seed=first_seed,
        around=around,
        offset=Position((), None, 0, nudges).offset(space.config.input_size),
        n_steps=heard,
        temperature=temperature,
        heard=known,
    )
    return found.seeds, max(found.seeds) + 1


def _in_range(seed: int) -> int:
    """Seeds can be typed, so they end where the field does, and begin again."""
    last = MAX_SEED - N_CARDS * generate.MAX_DRAWS_PER_SAMPLE
    return seed if 0 <= seed <= last else 0
