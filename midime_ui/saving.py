"""Into the library: what is at work, a blend, a file; and links to what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.pipelines import keeping
from midime_ui import contents, keepsakes, library, owners
from midime_ui.playable import require_playable

if TYPE_CHECKING:
    from midime_engine.library.records import Saved, Share
    from midime_ui.blending import Blended
    from midime_ui.personal import Personal
    from midime_ui.position import Position
    from midime_ui.studies import Study

__all__ = ["forget", "forget_link", "imported", "keep_blend", "save", "share"]


def save(
    study: Study,
    personal: Personal,
    position: Position,
    *,
    name: str,
    with_songs: bool,
) -> Saved:
    """Keep what is at work in the visitor's library.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    content = contents.of_session(study, personal, position, with_songs=with_songs)
    saved = library.library().save(owners.require_owner(), content, name=name)
    keepsakes.set_keepsake(
        keepsakes.Keepsake(saved.id, personal.identity, has_songs=saved.has_songs)
    )
    return saved


def share(
    study: Study,
    personal: Personal,
    position: Position,
    *,
    with_songs: bool,
    days: int,
) -> Share:
    """Make a link to what is at work; save it first if it is not saved, or not with its songs.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    kept = keepsakes.keepsake()
    is_saved = kept is not None and kept.identity == personal.identity and _is_there(kept.saved_id)
    if kept is None or not is_saved or (with_songs and not kept.has_songs):
        saved_id = save(study, personal, position, name=study.title, with_songs=with_songs).id
    else:
        saved_id = kept.saved_id
    made = library.library().shares.make(
        owners.require_owner(),
        saved_id,
        with_songs=with_songs,
        position=contents.standing(position, personal),
        days=days,
    )
    keepsakes.set_made_share(made)
    return made


def keep_blend(blended: Blended, *, name: str) -> Saved:
    """Keep what two MidiMes were blended to.

    Raises:
        MidimeError: There is no room, or the library cannot be reached.
    """
    return library.library().save(owners.require_owner(), contents.of_blend(blended), name=name)


def imported(data: bytes, *, name: str) -> Saved:
    """Keep a MidiMe from a file; the file may come from anybody.

    Raises:
        MidimeError: It is none, it does not fit a model on offer, or there is no room.
    """
    kept = keeping.read(data)
    require_playable(kept, kept.provenance.model)
    content = contents.of_file(data, kept)
    return library.library().save(
        owners.require_owner(), content, name=name.removesuffix(".safetensors")
    )


def forget(saved_id: str) -> None:
    """It was deleted: what is at work is not saved any more."""
    kept = keepsakes.keepsake()
    if kept is not None and kept.saved_id == saved_id:
        keepsakes.set_keepsake(None)
        keepsakes.set_made_share(None)


def forget_link(share_id: str) -> None:
    """It was ended: nobody is to be offered it any more."""
    made = keepsakes.made_share()
    if made is not None and made.id == share_id:
        keepsakes.set_made_share(None)


def _is_there(saved_id: str) -> bool:
    return saved_id in {saved.id for saved in library.library().list_saved(owners.require_owner())}
