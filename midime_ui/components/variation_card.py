"""One variation among many: a small roll, what it owes to the song, what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import comparing, kept, note_sequences, tray
from midime_ui.cache_keys import KEYS
from midime_ui.components import failure, neighbours, player
from midime_ui.components.player_parts import plain
from midime_ui.components.player_parts.card import Action, Card

if TYPE_CHECKING:
    from midime_engine.protocols import IntArray
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["show", "show_keep", "show_roll", "what_it_owes"]


def show(
    study: Study,
    item: Item,
    *,
    key: str,
    title: str,
    actions: tuple[Action, ...] = (),
) -> None:
    """Draw ``item`` small, with buttons.

    Args:
        study: What it is played and measured with.
        item: The music.
        key: What tells this card from the others of the page.
        title: Above the roll; a screen reader says it too.
        actions: What to offer beside keeping it.
    """
    card = Card(title, what_it_owes(study, item.window), (_keep(item), *actions))
    if plain.is_wanted():
        _show_plain(study, item, card, key=key)
        return
    player.show_card(
        note_sequences.music(study, item.window[None])[0],
        card,
        key=key,
        kept=_kept(study, item),
    )


def show_roll(study: Study, item: Item, *, key: str, title: str) -> None:
    """A small roll with one button; notes that the song has too are pale."""
    player.show(
        note_sequences.music(study, item.window[None])[0],
        key=key,
        title=title,
        kept=_kept(study, item),
        compact=True,
    )


def show_keep(item: Item, *, key: str) -> None:
    """Put it into the tray, unless it is there or the tray is full."""
    _button(_keep(item), key=key)


def _kept(study: Study, item: Item) -> tuple[bool, ...] | None:
    found = kept.kept_notes(study, item.window)
    return None if found is None else found.notes


def _keep(item: Item) -> Action:
    is_kept = tray.is_kept(item.id)
    return Action(
        "keep",
        "Kept" if is_kept else "Keep",
        ":material/bookmark_added:" if is_kept else ":material/bookmark_add:",
        tray.add,
        (item,),
        tray.FULL if tray.is_full() and not is_kept else None,
        is_off=is_kept or tray.is_full(),
    )


def _show_plain(study: Study, item: Item, card: Card, *, key: str) -> None:
    """The same of Streamlit's own parts, for browsers that refuse our script."""
    st.markdown(f"**{failure.plain(card.heading)}**")
    show_roll(study, item, key=key, title=card.heading)
    if card.words:
        st.caption(failure.plain(card.words))
    with st.container(horizontal=True, gap="xsmall", key=f"{key}_actions"):
        for action in card.actions:
            _button(action, key=key)


def _button(action: Action, *, key: str) -> None:
    st.button(
        action.label,
        icon=action.icon,
        key=f"{key}_{action.name}",
        type="tertiary",
        disabled=action.is_off,
        on_click=action.call,
        args=action.args,
        help=action.help,
    )


@st.cache_data(show_spinner=False, max_entries=1024, hash_funcs=KEYS)
def what_it_owes(study: Study, window: IntArray) -> str:
    """Nearest bars, share of notes that stand there, copied bars; empty without the song."""
    found = kept.kept_notes(study, window)
    if found is None or not found.notes:
        return ""
    originality = comparing.compared(study, window[None]).originality
    return f"{kept.sentence(study, found)} {neighbours.copies(originality)}"
