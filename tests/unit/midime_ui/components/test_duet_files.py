"""A translator kept, shared, taken home and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui import duets, navigation
from tests.support.duets import an_own_carrier, the_general
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.carriers import Carrier

pytestmark = pytest.mark.usefixtures("fakes")


@pytest.fixture(autouse=True)
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no pages on this stage."""
    monkeypatch.setattr(navigation, "show_link", lambda _step, **_: None)


def script(carrier: Carrier | None) -> None:
    """The component alone, unfolded."""
    import streamlit as st

    from midime_ui import duets
    from midime_ui.components import duet_files

    st.session_state["result"] = duets.lessons()
    duet_files.show(carrier)


def unfolded(carrier: Carrier | None):
    """With what is folded open."""
    page = perform(script, carrier=carrier)
    page.session_state["duet_keep_translator"] = True
    return page.run()


def test_the_general_one_need_not_be_kept() -> None:
    """It comes with MidiMe."""
    page = perform(script, carrier=the_general())
    assert [each.label for each in page.expander] == ["Open a translator from a file"]


def test_ones_own_is_saved_and_shared() -> None:
    """Under a name; the link leads to the page for carrying over."""
    page = unfolded(an_own_carrier())
    page.text_input[0].set_value("My way over")
    page.button(key="duet_save").click().run()
    assert not page.exception
    assert "Saved in your library" in page.success[0].value
    page.button(key="duet_share").click().run()
    assert "/translate?share=" in page.code[-1].value
    assert len(page.get("download_button")) == 1


def test_a_file_is_opened_once() -> None:
    """And is among the translators of the session."""
    carrier = an_own_carrier()
    page = perform(script, carrier=None)
    page.file_uploader[0].set_value(("a.safetensors", carrier.data, "application/octet-stream"))
    page.run()
    assert not page.exception
    assert page.session_state["translator_lessons"] == (duets.Lesson(carrier),)
    assert "Opened\\: Learnt from tune" in words(page)


def test_any_other_file_is_refused() -> None:
    """With the name of the file, and what to do."""
    page = perform(script, carrier=None)
    page.file_uploader[0].set_value(("b.safetensors", b"MThd", "application/octet-stream"))
    page.run()
    assert "b.safetensors" in page.error[0].value
    assert "translator_lessons" not in page.session_state
