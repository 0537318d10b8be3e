"""A translator of one's own as a file: taken home, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import duets, models, pairings
from midime_ui.carriers import Carrier
from midime_ui.components import downloads, failure

if TYPE_CHECKING:
    from midime_ui.duets import Lesson

__all__ = ["show"]

_OPENED: Final = "duet_file"


def show(carrier: Carrier | None) -> None:
    """Offer to download ``carrier`` where it is the session's own, and to open one."""
    if carrier is not None and not carrier.is_general:
        _show_own(carrier)
    with st.expander("Open a translator from a file", icon=":material/upload_file:"):
        _show_open()


def _show_own(carrier: Carrier) -> None:
    st.download_button(
        "Download this translator",
        carrier.data,
        f"{downloads.file_stem(carrier.title)}-translator.safetensors",
        "application/octet-stream",
        icon=":material/download:",
        key="duet_translator_download",
        on_click="ignore",
        help="One file (safetensors) of three megabytes, for this page and for `midime translate "
        "--translator`. The song is not in it, only its name.",
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
    ends = " and ".join(models.base_model(name).title for name in carrier.models)
    if any(lesson.carrier == carrier for lesson in duets.lessons()):
        st.caption(failure.plain(f"Opened: {carrier.title}, between {ends}."))
        return
    duets.remember(_opened(carrier))
    st.rerun()


def _opened(carrier: Carrier) -> Lesson:
    return duets.Lesson(carrier)
