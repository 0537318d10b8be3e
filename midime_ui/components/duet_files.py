"""A translator of one's own: kept, shared, taken home, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import duets, links, navigation, pairings, saved_translators
from midime_ui.carriers import Carrier
from midime_ui.components import downloads, failure, owner_link, wording

if TYPE_CHECKING:
    from midime_engine.library import Share

__all__ = ["show", "show_link"]

_OPENED: Final = "duet_file"


def show(carrier: Carrier | None) -> None:
    """Offer to keep, share and download ``carrier`` where it is the session's own; to open one."""
    if carrier is not None and not carrier.is_general:
        with st.expander(
            "Keep and share this translator",
            icon=":material/bookmark:",
            key="duet_keep_translator",
            on_change="rerun",
        ) as unfolded:
            if unfolded.open:  # The database is not asked before somebody wants something of it.
                try:
                    _show_own(carrier)
                except MidimeError as error:
                    failure.show(error)
    with st.expander("Open a translator from a file", icon=":material/upload_file:"):
        _show_open()


def show_link(share: Share) -> None:
    """A link to copy, and until when it works."""
    st.code(links.to_translator(share.id), language=None, wrap_lines=True)
    until = wording.date(share.expires)
    st.caption(f"Opens the translator, without any song, for anybody who has it, until {until}.")


def _show_own(carrier: Carrier) -> None:
    saved = saved_translators.saved_as(carrier)
    if saved is None:
        name = st.text_input(
            "Name", carrier.title, max_chars=100, key=f"duet_translator_name_{carrier.key[:12]}"
        )
        if st.button("Save", icon=":material/bookmark_add:", type="primary", key="duet_save"):
            saved_translators.save(carrier, name=name)
            st.rerun()
        st.caption("Stored: the trained translator and the name of its song. Not the song.")
    else:
        st.success("Saved in your library.", icon=":material/bookmark_added:")
        owner_link.show()
        navigation.show_link(navigation.LIBRARY)
        if st.button("Make a link", icon=":material/share:", key="duet_share"):
            show_link(saved_translators.share(saved))
    st.download_button(
        "Download this translator",
        carrier.data,
        f"{downloads.file_stem(carrier.title)}-translator.safetensors",
        "application/octet-stream",
        icon=":material/download:",
        key="duet_translator_download",
        on_click="ignore",
        help="One file (safetensors) of about three megabytes, for this page and for "
        "`midime translate --translator`. The song is not in it, only its name.",
    )


def _show_open() -> None:
    given = st.file_uploader(
        "A translator that was downloaded here or saved by `midime translate`",
        type=["safetensors"],
        key=_OPENED,
    )
    if given is None:
        return
    try:
        carrier = Carrier.of_file(given.getvalue())
        pairings.require_usable(carrier)
    except MidimeError as error:
        failure.show(error, about=given.name)
        return
    if all(lesson.carrier != carrier for lesson in duets.lessons()):
        duets.remember(duets.Lesson(carrier))
        st.rerun()
    ends = saved_translators.between(carrier)
    st.caption(failure.plain(f"Opened: {carrier.title}, between {ends}."))
