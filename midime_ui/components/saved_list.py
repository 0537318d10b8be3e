"""What an owner has saved, one card each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import contents, library, models, navigation, reopening, saved_translators, saving
from midime_ui.components import blend_panel, downloads, duet_files, failure, keep, sliders, wording

if TYPE_CHECKING:
    from midime_engine.library import Owner, Saved, Share

__all__ = ["show"]


def show(owner: Owner | None) -> None:
    """Show what ``owner`` has saved, the latest first.

    Raises:
        LibraryError: The library cannot be reached.
    """
    everything = () if owner is None else library.library().list_saved(owner)
    if owner is None or not everything:
        st.info(
            "Nothing is saved here yet. Train a MidiMe, then choose **Keep and share** on the page "
            "for exploring. If you have saved something before, open your owner's link.",
            icon=":material/bookmarks:",
        )
        navigation.show_link(navigation.UPLOAD)
        return
    for saved in everything:
        with st.container(border=True, key=f"saved_{saved.id}"):
            try:
                _show_card(owner, saved)
            except MidimeError as error:
                failure.show(error)
    blend_panel.show(everything)


def _show_card(owner: Owner, saved: Saved) -> None:
    st.subheader(failure.plain(saved.name))
    _describe(saved)
    with st.container(horizontal=True):
        if st.button("Open", type="primary", icon=":material/tune:", key=f"open_{saved.id}"):
            if saved.kind == saved_translators.KIND:
                saved_translators.open_saved(saved)
                st.switch_page(navigation.TRANSLATE.path)
            reopening.open_saved(saved)
            st.switch_page(navigation.EXPLORE.path)
        st.download_button(
            "Download",
            partial(_export, owner, saved.id),
            f"{downloads.file_stem(saved.name)}.safetensors",
            "application/octet-stream",
            key=f"export_{saved.id}",
            icon=":material/download:",
            on_click="ignore",
            help="The translator as one file, for `midime translate --translator`."
            if saved.kind == saved_translators.KIND
            else "The MidiMe as one file, for this page or for `midime sample`.",
        )
        if saved.has_rules:
            st.download_button(
                "Download its rules",
                partial(_export_rules, owner, saved.id),
                f"{downloads.file_stem(saved.name)}-rules.safetensors",
                "application/octet-stream",
                key=f"export_rules_{saved.id}",
                icon=":material/rule:",
                on_click="ignore",
                help="The constraint as a file of its own, which the page for rules opens, or that "
                "for taste.",
            )
        with st.popover("Rename", icon=":material/edit:"):
            _show_rename(owner, saved)
        with st.popover("Delete", icon=":material/delete:"):
            _show_delete(owner, saved)
    _show_shares(owner, saved)


def _describe(saved: Saved) -> None:
    model = _model_of(saved)
    songs = ", ".join(saved.song_names) or "unknown songs"
    st.markdown(failure.plain(f"Learnt from {songs}. {model}."))
    rules = saved.settings.get(contents.RULES)
    if saved.has_rules and rules:
        st.markdown(f":material/rule: Keeps to: **{failure.plain(str(rules))}**")
    settings = ", ".join(
        f"{name} {value}" for name, value in saved.settings.items() if name != contents.RULES
    )
    stored = "with the song" if saved.has_songs else "without the song"
    kept = (
        f", kept until {wording.date(saved.expires)} or longer if opened" if saved.expires else ""
    )
    st.caption(
        failure.plain(
            f"Saved on {wording.date(saved.created)} {stored}, {saved.n_bytes / 1e6:.1f} MB{kept}. "
            f"Settings: {settings}."
        )
    )


def _model_of(saved: Saved) -> str:
    if saved.kind == saved_translators.KIND:
        return "A translator: music is carried over with it"
    try:
        return models.base_model(saved.base_model).title
    except MidimeError:
        return "a model that is not offered here any more"


def _export(owner: Owner, saved_id: str) -> bytes:
    return library.library().open(owner, saved_id).model


def _export_rules(owner: Owner, saved_id: str) -> bytes:
    return library.library().open(owner, saved_id).rules or b""


def _show_rename(owner: Owner, saved: Saved) -> None:
    name = st.text_input("New name", saved.name, max_chars=100, key=f"name_{saved.id}")
    if st.button("Rename", key=f"rename_{saved.id}"):
        library.library().rename(owner, saved.id, name)
        st.rerun()


def _show_delete(owner: Owner, saved: Saved) -> None:
    st.markdown("It is deleted at once, with its links and what is stored of the song.")
    if st.button("Delete for good", icon=":material/delete_forever:", key=f"delete_{saved.id}"):
        library.library().delete(owner, saved.id)
        saving.forget(saved.id)
        st.rerun()


def _show_shares(owner: Owner, saved: Saved) -> None:
    for share in library.library().shares.of(owner, saved.id):
        if saved.kind == saved_translators.KIND:
            duet_files.show_link(share)
        else:
            keep.show_link(share, _query(share))
        if st.button("End this link", icon=":material/link_off:", key=f"revoke_{share.id}"):
            library.library().shares.revoke(owner, share.id)
            saving.forget_link(share.id)
            st.rerun()


def _query(share: Share) -> dict[str, str]:
    """Where the sliders stood when the link was made."""
    point = share.position.get("point")
    n_sliders = len(point) if isinstance(point, list) else 0
    return sliders.Position.from_json(share.position, n_sliders=n_sliders).to_query()
