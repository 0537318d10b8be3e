"""Keep a MidiMe, and share it by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError, RuleError
from midime_ui import contents, keepsakes, library, links, navigation, saving, state
from midime_ui.components import failure, owner_link, rule_words, wording

if TYPE_CHECKING:
    from midime_engine.library.records import Share
    from midime_ui.components.sliders import Position
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show", "show_link"]

_LIVES: Final = (1, 7, 30, 90, 365)
"""Days among which to choose, as far as the host allows."""

_MODEL: Final = "Only the MidiMe"
_SONGS: Final = "The MidiMe and the song"

_STORED: Final = {
    _MODEL: "Stored: the trained MidiMe with the name, tempo and instruments of the song, and "
    "where the sliders stand. Not stored: the song.",
    _SONGS: "Stored: the trained MidiMe, where the sliders stand, and the MIDI file of the song.",
}


def show(study: Study, personal: Personal, position: Position) -> None:
    """Offer to save what is at work, and to share it; nothing to somebody who came by a link."""
    if state.visit() is not None:
        return
    with st.expander(
        "Keep and share", icon=":material/bookmark:", key="keep", on_change="rerun"
    ) as unfolded:
        if not unfolded.open:
            return  # The database is not asked before somebody wants something of it.
        try:
            keep, share = st.columns(2, gap="large")
            with keep:
                _show_save(study, personal, position)
            with share:
                _show_share(study, personal, position)
        except MidimeError as error:
            failure.show(error)


def show_link(share: Share, query: dict[str, str]) -> None:
    """A link to copy, until when it works, and what it shows."""
    st.code(links.to_share(share.id, query), language=None, wrap_lines=True)
    what = "the MidiMe with the song" if share.with_songs else "the MidiMe without the song"
    st.caption(
        failure.plain(
            f"Opens {what}{_with_rules(share)} for anybody who has it, until "
            f"{wording.date(share.expires)}."
        )
    )


def _with_rules(share: Share) -> str:
    """Which rules act on what a link opens; empty if none do."""
    stored = share.position.get(contents.RULES)
    wishes = stored.get("wishes") if isinstance(stored, dict) else None
    if not isinstance(wishes, list) or not wishes:
        return ""
    try:
        return f", with rules: {rule_words.line(map(str, wishes))},"
    except RuleError:
        return ", with rules,"  # Of a rule that is not installed any more.


def _show_save(study: Study, personal: Personal, position: Position) -> None:
    st.markdown("**Keep it**")
    kept = keepsakes.keepsake()
    if kept is not None and kept.identity == personal.identity:
        st.success("Saved in your library.", icon=":material/bookmark_added:")
        owner_link.show()
        navigation.show_link(navigation.LIBRARY)
        return
    name = st.text_input("Name", study.title, max_chars=100, key="keep_name")
    stored = _ask_what(study, "keep_what")
    if st.button("Save", icon=":material/bookmark_add:", type="primary", key="keep_save"):
        saving.save(study, personal, position, name=name, with_songs=stored == _SONGS)
        st.rerun()
    days = library.library().limits.keep_days
    if days:
        st.caption(f"Deleted when nobody has opened it for {wording.count(days, 'day')}.")


def _show_share(study: Study, personal: Personal, position: Position) -> None:
    st.markdown("**Share it**")
    most = library.library().limits.share_days
    lives = [days for days in _LIVES if days < most] + [most]
    stored = _ask_what(study, "share_what")
    days = st.selectbox(
        "The link works for",
        lives,
        index=len(lives) - 1,
        format_func=lambda days: wording.count(days, "day"),
        key="share_days",
    )
    if st.button("Make a link", icon=":material/share:", key="share_make"):
        saving.share(study, personal, position, with_songs=stored == _SONGS, days=int(days))
        st.rerun()
    made = keepsakes.made_share()
    if made is not None:
        show_link(made, position.to_query())
        st.caption(
            "The link follows the sliders. Others can listen, steer and download music, and change "
            "nothing. You can end it at any time in your library."
        )


def _ask_what(study: Study, key: str) -> str:
    """What of the song may be stored; nothing of it unless the visitor says so."""
    if study.songless is not None:
        st.caption(_STORED[_MODEL])
        return _MODEL
    stored = st.radio("What is stored", [_MODEL, _SONGS], key=key, horizontal=True)
    st.caption(_STORED[stored])
    return str(stored)
