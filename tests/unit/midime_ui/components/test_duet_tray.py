"""Kept duets on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_ui import duets
from tests.support.duets import DRUMS, a_passage
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


def script(some: list[duets.Duet]) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui import duets
    from midime_ui.components import duet_tray

    if "translated_duets" not in st.session_state:
        for duet in some:
            duets.add(duet)
    duet_tray.show()


def some(study: Study, n: int) -> list[duets.Duet]:
    """Duets that differ in one stroke."""
    found = []
    for i in range(n):
        tokens = np.zeros((32, 1), np.int32)
        tokens[i] = 1
        x = np.zeros(256, np.float32).tobytes()
        found.append(
            duets.Duet(a_passage(study), DRUMS, ("drums",), tokens.tobytes(), (32, 1), x, i, 0.5)
        )
    return found


def test_an_empty_tray_says_how_it_is_filled(study: Study) -> None:  # noqa: ARG001 - for the fakes
    """In one sentence."""
    assert "Keep this duet" in words(perform(script, some=[]))


def test_each_duet_can_be_heard_downloaded_and_discarded(study: Study) -> None:
    """The others stay."""
    one, two = some(study, 2)
    page = perform(script, some=[one, two])
    assert "2 duets." in words(page)
    assert len(page.get("bidi_component")) == len(page.get("download_button")) == 2
    page.button(key=f"duet_kept_{one.id}_discard").click().run()
    assert page.session_state["translated_duets"] == (two,)
    assert "1 duet." in words(page)


def test_a_full_tray_says_so(study: Study) -> None:
    """Nothing more fits."""
    assert duets.FULL in words(perform(script, some=some(study, duets.MAX_DUETS)))
