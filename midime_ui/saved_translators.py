"""Translators in the library: kept, shared by a link, and at work again.

What comes back is checked as if a stranger had sent it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_engine.errors import LibraryError
from midime_engine.library import Content
from midime_ui import duets, library, models, owners, pairings
from midime_ui.carriers import Carrier
from midime_ui.duets import Lesson

if TYPE_CHECKING:
    from midime_engine.library import Saved, Share

__all__ = ["KIND", "between", "open_saved", "open_share", "save", "saved_as", "share"]

KIND: Final = "translator"
_SAVED: Final = "translators_saved"
"""By key of a translator, under what it is in the library: plain data in session state."""


def between(carrier: Carrier) -> str:
    """Which models it joins, in words."""
    return " and ".join(models.base_model(name).title for name in carrier.models)


def save(carrier: Carrier, *, name: str) -> Saved:
    """Keep ``carrier`` in the visitor's library.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    lesson = next((each for each in duets.lessons() if each.carrier == carrier), Lesson(carrier))
    content = Content(
        kind=KIND,
        model=carrier.data,
        base_model=carrier.models[0],
        song_names=carrier.songs,
        settings={
            "between": between(carrier),
            **({"passages": lesson.n_pairs} if lesson.n_pairs else {}),
        },
    )
    saved = library.library().save(owners.require_owner(), content, name=name)
    _note(carrier, saved.id)
    return saved


def saved_as(carrier: Carrier) -> Saved | None:
    """Under what it is in the visitor's library, as far as this session knows; None otherwise.

    Raises:
        MidimeError: The library cannot be reached.
    """
    owner = owners.owner()
    if owner is None:
        return None
    saved_id = _noted().get(carrier.key)
    if saved_id is None:
        return None
    return next((s for s in library.library().list_saved(owner) if s.id == saved_id), None)


def share(saved: Saved) -> Share:
    """Make a link to it, for as long as links live here.

    Raises:
        MidimeError: It has as many as it may, or the library cannot be reached.
    """
    return library.library().shares.make(
        owners.require_owner(), saved.id, with_songs=False, position={}
    )


def open_saved(saved: Saved) -> None:
    """Have it among the translators of the session.

    Raises:
        MidimeError: It is not there any more, or is of no use here.
    """
    carrier = _take(library.library().open(owners.require_owner(), saved.id))
    _note(carrier, saved.id)


def open_share(share_id: str) -> bool:
    """Have what a link leads to among the translators of the session; False if it is no translator.

    Raises:
        MidimeError: The link opens nothing, or what is of no use here.
    """
    if library.library().shares.require(share_id).kind != KIND:
        return False
    _take(library.library().shares.open(share_id).content)
    return True


def _take(content: Content) -> Carrier:
    if content.kind != KIND:
        raise LibraryError("This is no translator.", remedy="Open it on the page of your library.")
    carrier = Carrier.of_file(content.model)
    pairings.require_usable(carrier)
    duets.remember(Lesson(carrier))
    return carrier


def _noted() -> dict[str, str]:
    return cast("dict[str, str]", st.session_state.get(_SAVED, {}))


def _note(carrier: Carrier, saved_id: str) -> None:
    st.session_state[_SAVED] = {**_noted(), carrier.key: saved_id}
