"""One variation among many: a small roll, what it owes to the song, what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from midime_ui import comparing, kept, note_sequences, tray
from midime_ui.cache_keys import KEYS
from midime_ui.components import failure, neighbours, player

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.protocols import IntArray
    from midime_ui.studies import Study
    from midime_ui.tray import Item

__all__ = ["Action", "show", "show_keep", "show_roll", "what_it_owes"]


class Action(NamedTuple):
    """A button under a card."""

    label: str
    icon: str
    call: Callable[..., None]
    args: tuple[object, ...] = ()
    help: str | None = None


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
    st.markdown(f"**{failure.plain(title)}**")
    show_roll(study, item, key=key, title=title)
    debt = what_it_owes(study, item.window)
    if debt:
        st.caption(failure.plain(debt))
    with st.container(horizontal=True, gap="xsmall", key=f"{key}_actions"):
        show_keep(item, key=key)
        for number, action in enumerate(actions):
            st.button(
                action.label,
                icon=action.icon,
                key=f"{key}_action_{number}",
                type="tertiary",
                on_click=action.call,
                args=action.args,
                help=action.help,
            )


def show_roll(study: Study, item: Item, *, key: str, title: str) -> None:
    """A small roll with one button; notes that the song has too are pale."""
    found = kept.kept_notes(study, item.window)
    player.show(
        note_sequences.music(study, item.window[None])[0],
        key=key,
        title=title,
        kept=None if found is None else found.notes,
        compact=True,
    )


def show_keep(item: Item, *, key: str) -> None:
    """Put it into the tray, unless it is there or the tray is full."""
    is_kept = tray.is_kept(item.id)
    st.button(
        "Kept" if is_kept else "Keep",
        icon=":material/bookmark_added:" if is_kept else ":material/bookmark_add:",
        key=f"{key}_keep",
        type="tertiary",
        disabled=is_kept or tray.is_full(),
        on_click=tray.add,
        args=(item,),
        help=tray.FULL if tray.is_full() and not is_kept else None,
    )


@st.cache_data(show_spinner=False, max_entries=1024, hash_funcs=KEYS)
def what_it_owes(study: Study, window: IntArray) -> str:
    """Nearest bars, share of notes that stand there, copied bars; empty without the song."""
    found = kept.kept_notes(study, window)
    if found is None or not found.notes:
        return ""
    originality = comparing.compared(study, window[None]).originality
    return f"{kept.sentence(study, found)} {neighbours.copies(originality)}"
