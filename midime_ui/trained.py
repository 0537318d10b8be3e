"""The MidiMes of one session: each belongs to the very notes and the model that it learnt from.

Another song, another track or another base model puts the one at work away; going back brings it
back, with its sliders where they stood and with what was kept of its music. Plain data in session
state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import cutting, personal_space, state, tray
from midime_ui.components import sliders

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["MAX_TRAINED", "Trained", "all", "follow", "is_there", "keep", "put_away"]

MAX_TRAINED: Final = 4
"""MidiMes in one session: one for each embedded model of a song. Each has four megabytes, and a
server holds the sessions of all its visitors in memory."""

_TRAINED: Final = "trained"
_TRAYS: Final = "trays"
_AT_WORK: Final = "midime_at_work"


@dataclass(frozen=True, slots=True)
class Trained:
    """A MidiMe of this session."""

    personal: Personal

    position: Position | None = None
    """Where its sliders stood when it was put away; None before that."""


def all() -> tuple[Trained, ...]:  # noqa: A001 - read as trained.all()
    """Those that there are, the one that was used last at the end."""
    return cast("tuple[Trained, ...]", st.session_state.get(_TRAINED, ()))


def keep(personal: Personal) -> None:
    """Keep a MidiMe; an earlier one of the same notes and model goes.

    So does the one that was not used for the longest, if there are too many, and it is said.
    """
    _put(Trained(personal))


def is_there(study: Study) -> bool:
    """Whether there is a MidiMe of this study, at work or put away."""
    fingerprint = _fingerprint(study)
    return fingerprint is not None and _find(fingerprint) is not None


def put_away() -> None:
    """Have no MidiMe at work; if it is the visitor's own, it comes back with its study."""
    personal = state.personal()
    if personal is None:
        return
    is_own = state.visit() is None and state.explorable() == state.study()
    if is_own:
        n_sliders = personal_space.space(personal).config.latent_size
        _put(Trained(personal, sliders.current(n_sliders)))
    state.clear_personal()


def follow() -> None:
    """Have the MidiMe at work that belongs to the songs, tracks and model at work, if any.

    To be called once in each run, after everything that may change those.
    """
    study = state.study()
    if study is not None:
        _exchange(study)
    personal = state.personal()
    _exchange_trays(None if personal is None else personal.fingerprint)


def _exchange(study: Study) -> None:
    fingerprint, personal = _fingerprint(study), state.personal()
    if personal is not None and personal.fingerprint == fingerprint:
        if state.visit() is None and personal not in (each.personal for each in all()):
            keep(personal)
        return
    put_away()
    back = None if fingerprint is None else _find(fingerprint)
    if back is None:
        return
    state.set_personal(back.personal)
    if back.position is not None:
        sliders.restore(back.position)
        st.toast(
            "The MidiMe of this song and model is back, with its sliders where you left them.",
            icon=":material/history:",
        )


def _exchange_trays(fingerprint: str | None) -> None:
    """What is kept of one MidiMe cannot be played by another: each has a tray of its own."""
    before = cast("str | None", st.session_state.get(_AT_WORK))
    if before == fingerprint:
        return
    st.session_state[_AT_WORK] = fingerprint
    trays = cast("dict[str, tuple[Item, ...]]", st.session_state.get(_TRAYS, {}))
    if before is not None and tray.items():
        trays = {
            **{key: kept for key, kept in trays.items() if key != before},
            before: tray.items(),
        }
        st.session_state[_TRAYS] = dict(list(trays.items())[-MAX_TRAINED:])
    tray.set_items(trays.get(fingerprint or "", ()))


def _find(fingerprint: str) -> Trained | None:
    return next((each for each in all() if each.personal.fingerprint == fingerprint), None)


def _put(trained: Trained) -> None:
    fingerprint = trained.personal.fingerprint
    others = [each for each in all() if each.personal.fingerprint != fingerprint]
    kept = (*others, trained)[-MAX_TRAINED:]
    st.session_state[_TRAINED] = kept
    if len(kept) <= len(others):
        st.toast(
            f"This session holds {MAX_TRAINED} MidiMes. The one that you have not used for the "
            "longest made room, and what you kept of its music went with it. Save what you want "
            "to keep in the library.",
            icon=":material/inventory_2:",
        )


def _fingerprint(study: Study) -> str | None:
    """None for songs from which the model can take nothing; the page says so."""
    try:
        return cutting.fingerprint(study)
    except MidimeError:
        return None
