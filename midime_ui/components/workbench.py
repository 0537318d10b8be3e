"""Listen and steer: what a slider draws again, and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from midime_ui import (
    following,
    history,
    kept,
    note_sequences,
    nudges,
    personal_space,
    tray,
    variations,
    visiting,
)
from midime_ui.components import (
    failure,
    fine_controls,
    play_options,
    player,
    rest,
    sliders,
    undo,
)

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.protocols import IntArray
    from midime_ui.components.sliders import Position
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show"]

_KEY: Final = "variation"
_TITLE: Final = "Your variation"

_AHEAD_SECONDS: Final = 0.02
"""Between the sound and the rest: a browser draws in one go what comes within ten milliseconds."""


@st.fragment(key=following.WORKBENCH)
def show(study: Study, personal: Personal) -> None:
    """The player beside the sliders; on a phone above them, since listening comes first.

    It is drawn in the order in which it is waited for: the sound, the notes, and then the sliders,
    which show already what they have been set to.
    """
    if not visiting.is_alive():
        st.rerun()  # The whole page, which says why.
    is_drawn = following.is_drawn()
    if is_drawn:
        with failure.stops_page():
            heard = _send_sound(study, personal, sliders.current(_n_sliders(personal)))
    listen, steer = st.columns([3, 2], gap="large")
    if is_drawn:
        with listen, failure.stops_page():
            _show_variation(study, heard)
    with steer, failure.stops_page():
        position = sliders.show(study, personal)
        history.record(personal.sha256, position, tray.items(), variations.current(personal))
        following.set_drawn()
    with listen, failure.stops_page():
        if not is_drawn:
            _show_variation(study, _send_sound(study, personal, position))
        undo.show(personal)
    fine_controls.show(study, personal, position)
    nudges.in_address()
    rest.show(position)


class _Heard(NamedTuple):
    """A variation whose sound is on its way."""

    sequence: NoteSequence
    window: IntArray
    made: player.Made


def _n_sliders(personal: Personal) -> int:
    return personal_space.space(personal).config.latent_size


def _send_sound(study: Study, personal: Personal, position: Position) -> _Heard:
    variation = personal_space.variation(
        study,
        personal,
        position.point,
        temperature=position.temperature,
        seed=position.seed,
        nudges=position.nudges,
    )
    sequence = note_sequences.music(study, variation.tokens)[0]
    made = player.make(sequence, key=_KEY, title=_TITLE, autoplay=play_options.plays_at_once())
    player.send_ahead(made)
    if following.is_drawn():
        time.sleep(_AHEAD_SECONDS)
    return _Heard(sequence, variation.tokens[0], made)


def _show_variation(study: Study, heard: _Heard) -> None:
    """Its notes, with what is kept of the song in another shade, and its player."""
    st.subheader(_TITLE)
    play_options.show()
    found = kept.kept_notes(study, heard.window)
    player.show_roll(
        heard.sequence, key=_KEY, title=_TITLE, kept=None if found is None else found.notes
    )
    player.show_stand(heard.made)
    if found is not None and found.notes:
        st.caption(
            failure.plain(kept.sentence(study, found)),
            help="Pale notes with a rim: the same part of your song strikes the same note at the "
            "same moment, in the piece that is nearest to this variation. How long a note is held "
            "does not count.",
        )
